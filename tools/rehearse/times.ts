import type { Released } from './release-process.ts';

type Times = {
  readonly detectionMs?: number;
  readonly rollbackMs?: number;
  readonly releaseBackMs?: number;
};

/**
 * Of a release that was taken back: from the first thing that N+1 of the faulty step could get, or from when it began to be judged
 * without anything, to the verdict, and to the last thing that it got. `lastAnswerMs`: when N+1 of the gateway last answered.
 */
export function timesOf(
  { moves, outcome }: Pick<Released, 'moves' | 'outcome'>,
  lastAnswerMs: number | undefined,
): Times {
  const start = moves.findLastIndex(({ percent }) => percent !== 0) + 1;
  const taken = moves.slice(start);
  const [first] = taken;
  if (outcome === 'promoted' || !first) return {};
  const ofStep = ({ kind, service }: (typeof moves)[number]) =>
    kind === first.kind && service === first.service;
  const forth = moves.find((move) => ofStep(move) && move.percent);
  // Judged without traffic it was given none when it began, and none once more by the verdict.
  const back = forth ? first : taken.findLast(ofStep)!;
  const common = {
    detectionMs: back.beganAtMs - (forth ?? first).doneAtMs,
    releaseBackMs: moves.at(-1)!.doneAtMs - back.beganAtMs,
  };
  if (!forth) return common;
  const lastMs = first.kind === 'gateway' ? Math.max(lastAnswerMs ?? 0, back.doneAtMs) : back.doneAtMs;
  return { ...common, rollbackMs: lastMs - forth.beganAtMs };
}
