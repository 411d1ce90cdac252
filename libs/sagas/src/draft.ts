import { assert, newUuid } from '@marquee/kernel';
import { currentCorrelation, type Correlation } from '@marquee/telemetry';
import { limits, SagaLimitError, type AnySaga } from './definition.ts';

export type AnyCommand = { readonly type: string; readonly data: unknown };
type AnyStep = ReturnType<AnySaga['start']>;

/** One task to be written. */
export type TaskDraft = {
  readonly kind: 'command' | 'undo' | 'timer';
  readonly task: string;
  readonly type: string;
  readonly data: unknown;
  readonly dueAt: Date;
};

/** What a saga was told, as it is kept; `undoing` is its own doing. */
export type StepDraft = {
  readonly step: number;
  readonly input: unknown;
  readonly issued: readonly string[];
};

/** An instance on its way from one state to the next; the only thing here that changes. */
export type Draft = {
  readonly id: string;
  readonly organisationId: string;
  readonly key: string;
  state: unknown;
  undo: AnyCommand[];
  unwinding: boolean;
  steps: number;
  /** The steps up to this one count against no limit: it has progressed since. */
  countedFrom: number;
  progressed: boolean;
  openCommands: number;
  readonly stuckTasks: number;
  doneAt: Date | null;
  /** Of its start. */
  readonly cause: Correlation;
  readonly tasks: Map<string, TaskDraft>;
  readonly endedTimers: Set<string>;
  endsAllTimers: boolean;
  /** The commands that nobody is at are to be dropped. */
  dropsCommands: boolean;
  readonly journal: StepDraft[];
};

export function newDraft(
  fields: Pick<Draft, 'id' | 'organisationId' | 'key' | 'state'> & Partial<Draft>,
): Draft {
  return {
    undo: [],
    unwinding: false,
    steps: 0,
    countedFrom: 0,
    progressed: false,
    openCommands: 0,
    stuckTasks: 0,
    doneAt: null,
    cause: causeOf(),
    tasks: new Map(),
    endedTimers: new Set(),
    endsAllTimers: false,
    dropsCommands: false,
    journal: [],
    ...fields,
  };
}

export function causeOf(): Correlation {
  return currentCorrelation() ?? { correlationId: newUuid(), actor: 'system' };
}

/** A first input. */
export function begin(saga: AnySaga, draft: Draft, input: unknown, now: Date): void {
  apply(saga, draft, saga.start(input, now), { kind: 'started', input }, now);
}

/** One more input. One that is done hears nothing: that it was told is kept all the same. */
export function feed(saga: AnySaga, draft: Draft, input: Parameters<AnySaga['react']>[1], now: Date): void {
  if (draft.doneAt) return note(draft, { ...input, ignored: true }, []);
  const counted = draft.steps - draft.countedFrom;
  if (counted >= (saga.maxSteps ?? limits.steps)) {
    throw new SagaLimitError(`${saga.name} ${draft.key} has taken its ${counted} steps`);
  }
  apply(saga, draft, saga.react(draft.state, input, now), input, now);
}

/** While it unwinds and nothing is under way: the newest undo step, or the news that there is none left. */
export function unwindFurther(saga: AnySaga, draft: Draft, now: Date): void {
  while (draft.unwinding && draft.openCommands === 0) {
    const command = draft.undo.pop();
    if (command) {
      note(draft, { kind: 'undoing', command: command.type, data: command.data }, [command.type]);
      issue(draft, 'undo', `${draft.steps}.0`, command, now);
    } else {
      draft.unwinding = false;
      feed(saga, draft, { kind: 'unwound' }, now);
    }
  }
}

/** Keeps what happened to it without asking it. */
export function note(draft: Draft, input: unknown, issued: readonly string[]): void {
  draft.steps += 1;
  draft.journal.push({ step: draft.steps, input, issued });
}

function apply(saga: AnySaga, draft: Draft, step: AnyStep, input: unknown, now: Date): void {
  const { commands = [], timers = {}, undo = [], unwind = false, done = false } = step;
  check(saga, draft, step);
  draft.state = step.state;
  const set = Object.entries(timers).filter(([, change]) => change);
  note(draft, input, [...commands.map(({ type }) => type), ...set.map(([name]) => `timer ${name}`)]);
  commands.forEach((command, place) => issue(draft, 'command', `${draft.steps}.${place}`, command, now));
  draft.undo.push(...undo);
  if (step.progressed) {
    draft.countedFrom = draft.steps;
    draft.progressed = true;
  }
  if (unwind || done) endTimers(draft);
  for (const [name, change] of Object.entries(timers)) {
    if (!change) endTimer(draft, name);
    else {
      const dueAt = 'at' in change ? change.at : new Date(now.getTime() + change.afterMs);
      draft.tasks.set(`timer ${name}`, { kind: 'timer', task: name, type: name, data: null, dueAt });
    }
  }
  if (unwind && !draft.unwinding) {
    draft.unwinding = true;
    draft.dropsCommands = true;
  }
  if (!done) return;
  assert(!draft.unwinding, `${saga.name}: done comes after unwinding, not with it`);
  draft.doneAt = now;
  draft.undo = [];
}

function issue(draft: Draft, kind: 'command' | 'undo', task: string, command: AnyCommand, now: Date): void {
  draft.tasks.set(`${kind} ${task}`, { kind, task, type: command.type, data: command.data, dueAt: now });
  draft.openCommands += 1;
}

function endTimer(draft: Draft, name: string): void {
  draft.tasks.delete(`timer ${name}`);
  draft.endedTimers.add(name);
}

function endTimers(draft: Draft): void {
  draft.endsAllTimers = true;
  for (const [key, { kind }] of draft.tasks) if (kind === 'timer') draft.tasks.delete(key);
}

function check(saga: AnySaga, draft: Draft, step: AnyStep): void {
  const { commands = [], undo = [], timers = {}, unwind, done } = step;
  const too = (what: string) => new SagaLimitError(`${saga.name} ${draft.key}: ${what}`);
  assert(step.state !== undefined, `${saga.name}: a step has a state`);
  assert(!(unwind && done), `${saga.name}: done comes after unwinding, not with it`);
  assert(!done || Object.values(timers).every((change) => !change), `${saga.name}: done, and sets a timer`);
  if (commands.length + Object.keys(timers).length > limits.commandsAStep)
    throw too(`more than ${limits.commandsAStep} commands and timers at once`);
  if (draft.undo.length + undo.length > limits.undoSteps)
    throw too(`more than ${limits.undoSteps} undo steps`);
  for (const document of [step.state, ...commands, ...undo])
    assertFits(document, `${saga.name} ${draft.key}`);
}

/** Throws where a document is too large to be kept. */
export function assertFits(document: unknown, what: string): void {
  if (JSON.stringify(document ?? null).length > limits.documentCharacters) {
    throw new SagaLimitError(`${what}: a document has more than ${limits.documentCharacters} characters`);
  }
}
