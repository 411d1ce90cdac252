import { median } from '../client/statistics.ts';

/** Which way a figure is good. */
export type Unit = { readonly name: string; readonly better: 'more' | 'less' };

export const units = {
  requestsPerSecond: { name: 'req/s', better: 'more' },
  milliseconds: { name: 'ms', better: 'less' },
  microseconds: { name: 'µs', better: 'less' },
  operationsPerSecond: { name: 'op/s', better: 'more' },
  eventsPerSecond: { name: 'events/s', better: 'more' },
  bytes: { name: 'bytes', better: 'less' },
} as const satisfies Record<string, Unit>;

export type BenchOptions = {
  /** How often each contender is measured; the median is what is reported. */
  readonly runs: number;
  /** Shorter measurements, to see that the benchmark works; its figures are noise. */
  readonly quick: boolean;
  readonly log: (line: string) => void;
};

/** A benchmark starts what it needs, measures and stops it again, also when it fails half way. */
export type Bench = {
  readonly name: string;
  /** One line for `--list`. */
  readonly summary: string;
  run(options: BenchOptions): Promise<BenchRow[]>;
};

export type BenchRow = {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly peer: string;
  readonly peerValue: number;
  /** Above 1: better than the peer, whichever way the unit counts. */
  readonly ratio: number;
};

/** One thing that is measured: ours or the peer. Answers its figures by name. */
export type Contender<Figure extends string> = {
  readonly name: string;
  measure(): Promise<Readonly<Record<Figure, number>>>;
};

/**
 * Measures ours and the peer in turns (ours, peer, peer, ours …), so that a machine that slows down or speeds up
 * meets both alike, and answers a row for each figure with the medians.
 */
export async function compare<Figure extends string>(
  name: string,
  figures: Readonly<Record<Figure, Unit>>,
  ours: Contender<Figure>,
  peer: Contender<Figure>,
  { runs, log }: BenchOptions,
): Promise<BenchRow[]> {
  const samples = {
    ours: [] as Readonly<Record<Figure, number>>[],
    peer: [] as Readonly<Record<Figure, number>>[],
  };
  for (let run = 0; run < runs; run++) {
    const turns = run % 2 === 0 ? (['ours', 'peer'] as const) : (['peer', 'ours'] as const);
    for (const turn of turns) samples[turn].push(await (turn === 'ours' ? ours : peer).measure());
    log(`${name}: run ${run + 1} of ${runs}`);
  }
  return (Object.entries(figures) as [Figure, Unit][]).map(([figure, unit]) => {
    const value = median(samples.ours.map((sample) => sample[figure]));
    const peerValue = median(samples.peer.map((sample) => sample[figure]));
    return row(`${name}, ${figure}`, value, unit, peer.name, peerValue);
  });
}

export function row(name: string, value: number, unit: Unit, peer: string, peerValue: number): BenchRow {
  const ratio = unit.better === 'more' ? value / peerValue : peerValue / value;
  return {
    name,
    value: round(value),
    unit: unit.name,
    peer,
    peerValue: round(peerValue),
    ratio: round(ratio),
  };
}

/** Three significant figures: more would pretend to a precision that a shared machine does not have. */
function round(value: number): number {
  return Number.isFinite(value) ? Number(value.toPrecision(3)) : 0;
}

export function formatTable(rows: readonly BenchRow[]): string {
  const header = ['figure', 'marquee', 'unit', 'peer', '', 'ratio'];
  const cells = rows.map((each) => [
    each.name,
    each.value.toLocaleString('en'),
    each.unit,
    each.peerValue.toLocaleString('en'),
    each.peer,
    `${each.ratio.toLocaleString('en')}x`,
  ]);
  const widths = header.map((title, column) =>
    Math.max(title.length, ...cells.map((line) => line[column]!.length)),
  );
  const alignRight = [false, true, false, true, false, true];
  const format = (line: readonly string[]) =>
    line
      .map((cell, column) =>
        alignRight[column] ? cell.padStart(widths[column]!) : cell.padEnd(widths[column]!),
      )
      .join('  ')
      .trimEnd();
  return [format(header), widths.map((width) => '-'.repeat(width)).join('  '), ...cells.map(format)].join(
    '\n',
  );
}
