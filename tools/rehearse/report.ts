import type { LoadSummary } from './load-worker.ts';
import type { MessageSummary } from './messages.ts';
import { isPlanned, type Fault } from './faults.ts';
import type { Strategy } from './rendered.ts';

export type Rehearsed = {
  readonly strategy: Strategy;
  readonly fault: Fault;
  readonly outcome: 'promoted' | 'rolled-back' | 'refused';
  readonly reason: string;
  readonly load: LoadSummary;
  readonly messages: MessageSummary;
  /** How often the driver of the release was killed on the way. */
  readonly kills: number;
  /** From the first request that N+1 could get to the verdict against it. */
  readonly detectionMs?: number;
  /** From the first request that N+1 could get to the last one that it got. */
  readonly rollbackMs?: number;
  /** From the verdict to the last thing that was taken back: more than one service, where more than one had gone forth. */
  readonly releaseBackMs?: number;
  /** From the command to the last answer of the version that had the traffic before. */
  readonly switchMs?: number;
  readonly switchBackMs?: number;
};

export type Gate = {
  readonly name: string;
  readonly limit: string;
  readonly found: string;
  readonly held: boolean;
};

const seconds = (ms: number) => `${(ms / 1_000).toFixed(2)} s`;
const percent = (part: number) => `${(part * 100).toFixed(3)} %`;

/** What a rehearsal must hold: the gates of the platform's operations. A fault that was not found is a fault of ours. */
export function gatesOf(run: Rehearsed): Gate[] {
  const { load, fault, strategy } = run;
  // What the plan refuses, and what is judged without traffic, never gets a visitor.
  const isUnseen = isPlanned(fault) || fault === 'consumer' || strategy === 'bluegreen';
  // For the right reason: what is found in a place where nothing is wrong was not found.
  const wanted =
    fault === 'none'
      ? 'promoted'
      : isPlanned(fault)
        ? 'refused'
        : `rolled-back: ${fault === 'consumer' ? 'consumers' : 'gateway'}`;
  const found = `${run.outcome}: ${run.reason}`;
  const gates: Gate[] = [{ name: 'outcome', limit: wanted, found, held: found.startsWith(wanted) }];
  const add = (name: string, value: number | undefined, limit: number, show: (value: number) => string) =>
    value !== undefined &&
    gates.push({ name, limit: `at most ${show(limit)}`, found: show(value), held: value <= limit });
  if (fault === 'none' || isUnseen) add('failed requests', load.failures, 0, String);
  else add('failed requests', load.failures / Math.max(1, load.requests), 0.005, percent);
  add('messages lost', run.messages.put - run.messages.handled, 0, String);
  add('rollback', run.rollbackMs, 10_000, seconds);
  add('switch', run.switchMs, 500, seconds);
  add('switch back', run.switchBackMs, 500, seconds);
  return gates;
}

export function formatReport(run: Rehearsed, gates: readonly Gate[]): string {
  const { load, messages } = run;
  const times = Object.entries({
    detection: run.detectionMs,
    rollback: run.rollbackMs,
    'all taken back': run.releaseBackMs,
    switch: run.switchMs,
    'switch back': run.switchBackMs,
  }).flatMap(([name, ms]) => (ms === undefined ? [] : [[name, seconds(ms)]]));
  const rows = [
    ['strategy', run.strategy],
    ['fault in N+1', run.fault],
    ['outcome', `${run.outcome}: ${run.reason}`],
    ['requests', `${load.requests}`],
    ['failed', `${load.failures}${load.failures > 0 ? ` (${JSON.stringify(load.reasons)})` : ''}`],
    ['p50, p99', `${load.p50Ms.toFixed(1)} ms, ${load.p99Ms.toFixed(1)} ms`],
    ...Object.entries(load.tracks).map(([name, { count }]) => [`answered by ${name}`, `${count}`]),
    ['messages', `${messages.put} put, ${messages.handled} handled`],
    ...Object.entries(messages.tracks).map(([name, count]) => [`taken by ${name}`, `${count}`]),
    ...(run.kills > 0 ? [['driver killed', `${run.kills}`]] : []),
    ...times,
  ];
  const table = rows.map(([name, value]) => `  ${name!.padEnd(22)}${value}`).join('\n');
  const held = gates.map(
    (gate) => `  ${gate.held ? '✓' : '✗'} ${gate.name.padEnd(18)} ${gate.found} (wanted: ${gate.limit})`,
  );
  return `${table}\n\nGates\n${held.join('\n')}\n`;
}
