import { readFile } from 'node:fs/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import release from '@jitl/quickjs-wasmfile-release-sync';
import {
  newQuickJSWASMModuleFromVariant,
  newVariant,
  type QuickJSContext,
  type QuickJSHandle,
  type QuickJSRuntime,
  type QuickJSSyncVariant,
} from 'quickjs-emscripten-core';

/** One call of a function that a plugin's code exports. Texts alone cross the border. */
export type SandboxCall = {
  readonly code: string;
  /** The export that is called. */
  readonly name: string;
  /** As a JSON array. */
  readonly args: string;
  /** Of processor time. */
  readonly deadlineMs: number;
};

export type SandboxFault = 'DEADLINE' | 'MEMORY' | 'CODE' | 'THREW' | 'ANSWER';
/** The answer as JSON, or why there is none. */
export type SandboxAnswer =
  { readonly json: string } | { readonly fault: SandboxFault; readonly message: string };

/** Its types take the default export for the whole module. */
const variant = release as unknown as QuickJSSyncVariant;
const stackBytes = 256 * 1024;
const mostJobs = 1_000;
const mostAnswerCharacters = 256 * 1024;
/** Of 64 KiB: 16 MiB at first, 32 at most. The runtime's own limit does not bound the total, this does. */
const pages = { initial: 256, maximum: 512 };
/** What QuickJS counts itself; below the total, so that it mostly ends in an exception and not in an abort. */
const heapBytes = 24 * 1024 * 1024;

let compiled: Promise<WebAssembly.Module> | undefined;

/** Of the processor by this thread: that the machine is busy with others is not the plugin's fault. */
function spentMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
}

async function compile(): Promise<WebAssembly.Module> {
  const url = import.meta.resolve('@jitl/quickjs-wasmfile-release-sync/wasm');
  return WebAssembly.compile(await readFile(new URL(url)));
}

/** A machine of its own for each call, from a module compiled once: nothing of one call is there in the next. */
export async function runCode(call: SandboxCall): Promise<SandboxAnswer> {
  const wasmModule = await (compiled ??= compile());
  const { answer, grew } = await runInMachine(call, wasmModule);
  // To the collector a machine is a small object: it would let dozens of those that grew pile up.
  if (grew) collectGarbage();
  return answer;
}

async function runInMachine(
  call: SandboxCall,
  wasmModule: WebAssembly.Module,
): Promise<{ readonly answer: SandboxAnswer; readonly grew: boolean }> {
  const wasmMemory = new WebAssembly.Memory(pages);
  const initially = wasmMemory.buffer.byteLength;
  const grown = () => wasmMemory.buffer.byteLength > initially;
  try {
    const quickjs = await newQuickJSWASMModuleFromVariant(newVariant(variant, { wasmModule, wasmMemory }));
    const runtime = quickjs.newRuntime();
    runtime.setMaxStackSize(stackBytes);
    runtime.setMemoryLimit(heapBytes);
    const began = spentMs();
    const isLate = () => spentMs() - began > call.deadlineMs;
    runtime.setInterruptHandler(isLate);
    // Neither is disposed of: the whole machine is dropped, and a broken one may not even be asked to clean up.
    const answer = answerOf(runtime, runtime.newContext(), call, isLate);
    return { answer, grew: grown() };
  } catch (error) {
    // The machine itself gave up: emscripten aborts where memory ends at an unlucky moment.
    const message = `The sandbox gave up: ${(error as Error).message.slice(0, 200)}`;
    return { answer: { fault: 'MEMORY', message }, grew: grown() };
  }
}

let collect: (() => void) | undefined;

function collectGarbage(): void {
  if (!collect) {
    setFlagsFromString('--expose-gc');
    collect = runInNewContext('gc') as () => void;
  }
  collect();
}

function answerOf(
  runtime: QuickJSRuntime,
  context: QuickJSContext,
  call: SandboxCall,
  isLate: () => boolean,
): SandboxAnswer {
  const fault = (handle: QuickJSHandle, otherwise: SandboxFault) =>
    faultOf(context.dump(handle) as unknown, isLate() ? 'DEADLINE' : otherwise);
  // Before the plugin's code could put others in their place.
  const json = context.getProp(context.global, 'JSON');
  const [parse, stringify] = [context.getProp(json, 'parse'), context.getProp(json, 'stringify')];
  const loaded = context.evalCode(call.code, 'plugin.js', { type: 'module' });
  if (loaded.error) return fault(loaded.error, 'CODE');
  const called = context.getProp(loaded.value, call.name);
  if (context.typeof(called) !== 'function')
    return { fault: 'CODE', message: `The code exports no function ${call.name}.` };
  const args = context.callFunction(parse, context.undefined, context.newString(call.args));
  if (args.error) return fault(args.error, 'MEMORY');
  const places = (JSON.parse(call.args) as unknown[]).map((_, place) => context.getProp(args.value, place));
  const returned = context.callFunction(called, context.undefined, ...places);
  if (returned.error) return fault(returned.error, 'THREW');
  const jobs = runtime.executePendingJobs(mostJobs);
  if (jobs.error) return fault(jobs.error, 'THREW');
  const state = context.getPromiseState(returned.value);
  if (state.type === 'pending')
    return { fault: 'DEADLINE', message: `The promise was still open after ${jobs.value} jobs.` };
  if (state.type === 'rejected') return fault(state.error, 'THREW');
  const text = context.callFunction(stringify, context.undefined, state.value);
  if (text.error) return fault(text.error, 'ANSWER');
  const answer = context.typeof(text.value) === 'string' ? context.getString(text.value) : 'null';
  if (answer.length <= mostAnswerCharacters) return { json: answer };
  return { fault: 'ANSWER', message: `The answer is longer than ${mostAnswerCharacters} characters.` };
}

function faultOf(thrown: unknown, kind: SandboxFault): SandboxAnswer {
  const { name, message, stack } = (thrown ?? {}) as Readonly<Record<string, unknown>>;
  if (kind === 'DEADLINE') return { fault: kind, message: 'It was stopped at its deadline.' };
  const isMemory = name === 'InternalError' && message === 'out of memory';
  const where = typeof stack === 'string' ? (stack.trim().split('\n')[0] ?? '') : '';
  const text = typeof message === 'string' ? `${String(name)}: ${message} ${where}` : String(thrown);
  return { fault: isMemory ? 'MEMORY' : kind, message: text.trim().slice(0, 500) };
}
