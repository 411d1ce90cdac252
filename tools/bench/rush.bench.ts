import { assert } from '@marquee/kernel';
import { median, percentile } from '../client/statistics.ts';
import { row, units, type Bench, type BenchOptions, type BenchRow, type Unit } from './harness.ts';
import { measureGateway } from './rush-gateway.ts';
import { peers } from './rush-peers.ts';
import { withRushWorld, type Buy, type RushWorld, type Sale } from './rush-world.ts';

const soldPerSecond: Unit = { name: 'sold/s', better: 'more' };
const cpuPerSale: Unit = { name: 'µs', better: 'less' };

type Sample = { readonly perSecond: number; readonly p99: number; readonly cpuUs: number | null };

type Contender = {
  readonly name: string;
  readonly buy: Buy;
  prepare(places: number, seated: boolean): Promise<Sale>;
  /** Throws where the sums are not exact. */
  check(sale: Sale, sold: number): Promise<void>;
};

export const rushBench: Bench = {
  name: 'rush',
  summary: 'many buyers for few tickets and for chosen seats, beside how others sell the last one',
  async run(options) {
    const rows = await withRushWorld(options.log, (world) => measure(world, options));
    return [...rows, ...(await measureGateway(options))];
  },
};

/**
 * One sale: the place taken in a guarded way, the idempotency key with its answer, the hold with its buyer, lines and
 * expiry, the claim on the quota, and the event with its stream in the log; all durable when the buyer is answered. All
 * contenders write these rows into the same tables; beside them ours takes a place of a counter and claims the seat in a
 * row of its own, the peers take a place of theirs (a counter, or the row of the place). Ours also checks what was asked,
 * for whom, on what terms and at which price; the peers are told. CPU is that of PostgreSQL and of the buyers' process.
 */
async function measure(world: RushWorld, options: BenchOptions): Promise<BenchRow[]> {
  const contenders = contendersIn(world);
  const places = options.quick ? 1_000 : 5_000;
  const rows: BenchRow[] = [];
  for (const seated of [false, true]) {
    for (const buyers of [200, 2_000]) {
      const title = `${places.toLocaleString('en')} ${seated ? 'chosen seats' : 'tickets'}, ${buyers.toLocaleString('en')} buyers`;
      const samples = contenders.map(() => [] as Sample[]);
      for (let run = -1; run < options.runs; run++) {
        // In turns, from both ends; the first round only warms up.
        const order = [...contenders.keys()];
        for (const place of run % 2 === 0 ? order : order.toReversed()) {
          const sample = await rush(world, contenders[place]!, run === -1 ? 1_000 : places, {
            buyers,
            seated,
          });
          if (run >= 0) samples[place]!.push(sample);
        }
        options.log(`${title}: ${run === -1 ? 'warm' : `run ${run + 1} of ${options.runs}`}`);
      }
      rows.push(...rowsOf(title, contenders, samples));
    }
  }
  return rows;
}

function rowsOf(
  title: string,
  contenders: readonly Contender[],
  samples: readonly (readonly Sample[])[],
): BenchRow[] {
  const medians = samples.map((list) => ({
    perSecond: median(list.map(({ perSecond }) => perSecond)),
    p99: median(list.map(({ p99 }) => p99)),
    cpuUs: median(list.map(({ cpuUs }) => cpuUs ?? Number.NaN)),
  }));
  const [ours, ...others] = medians;
  const best = others.map(({ perSecond }) => perSecond).reduce((a, b) => Math.max(a, b));
  return others.flatMap((other, place) => {
    const peer = contenders[place + 1]!.name + (other.perSecond === best ? ', the best' : '');
    return [
      row(`${title}, sold/s`, ours!.perSecond, soldPerSecond, peer, other.perSecond),
      row(`${title}, p99`, ours!.p99, units.milliseconds, peer, other.p99),
      ...(Number.isNaN(other.cpuUs)
        ? []
        : [row(`${title}, CPU a sale`, ours!.cpuUs, cpuPerSale, peer, other.cpuUs)]),
    ];
  });
}

function contendersIn(world: RushWorld): Contender[] {
  const exact = async (sale: Sale, sold: number, { counter }: { readonly counter: boolean }) => {
    const { counted, ...counts } = await world.count(sale);
    for (const [what, count] of Object.entries(counter ? { ...counts, counted } : counts))
      assert(count === sold, `${sold} were sold, and ${what} says ${count}`);
  };
  const own = (name: string, manner: 'coalesced' | 'alone'): Contender => ({
    name,
    buy: world.buy(manner),
    prepare: world.prepare,
    check: (sale, sold) => exact(sale, sold, { counter: true }),
  });
  return [
    own('marquee', 'coalesced'),
    own('marquee, each alone', 'alone'),
    ...peers(world.peer).map((peer): Contender => ({
      name: peer.name,
      buy: peer.buy,
      prepare: async (places, seated) => {
        const sale = await world.prepare(places, seated);
        await peer.prepare(sale, places);
        return sale;
      },
      // The pattern has a counter or rows of its own.
      check: (sale, sold) => exact(sale, sold, { counter: false }),
    })),
  ];
}

/** Buyers who each ask again as soon as they are answered, until everything is sold: 0 oversold, or it throws. */
async function rush(
  world: RushWorld,
  contender: Contender,
  places: number,
  { buyers, seated }: { readonly buyers: number; readonly seated: boolean },
): Promise<Sample> {
  const sale = await contender.prepare(places, seated);
  const free = new FreeSeats(sale.seatIds);
  const latencies: number[] = [];
  let sold = 0;
  await world.checkpoint();
  const cpuBefore = world.cpuMs();
  const start = performance.now();
  let end = start;
  const buyer = async () => {
    let missed = 0;
    while (sold < places && missed < 3) {
      // Any seat that is not known to be gone; several may want the same one.
      const seatId = seated ? free.any() : null;
      if (seatId === undefined) return;
      const asked = performance.now();
      const got = await contender.buy(sale, seatId);
      const answered = performance.now();
      if (seatId !== null) free.forget(seatId);
      if (got) {
        sold += 1;
        end = answered;
        latencies.push(answered - asked);
      } else if (!seated) missed += 1;
    }
  };
  await Promise.all(Array.from({ length: buyers }, buyer));
  const cpuAfter = world.cpuMs();
  assert(sold === places, `${places} places, and ${sold} sold`);
  await contender.check(sale, sold);
  return {
    perSecond: places / ((end - start) / 1_000),
    p99: percentile(latencies, 0.99),
    cpuUs: cpuBefore === null || cpuAfter === null ? null : ((cpuAfter - cpuBefore) * 1_000) / places,
  };
}

/** The seats that are not known to be gone, in no sequence: neither question nor answer goes through all of them. */
class FreeSeats {
  readonly #seats: string[];
  readonly #places: Map<string, number>;

  constructor(seatIds: readonly string[]) {
    this.#seats = [...seatIds];
    this.#places = new Map(seatIds.map((seatId, place) => [seatId, place]));
  }

  any(): string | undefined {
    return this.#seats[Math.floor(Math.random() * this.#seats.length)];
  }

  forget(seatId: string): void {
    const place = this.#places.get(seatId);
    if (place === undefined) return;
    this.#places.delete(seatId);
    const last = this.#seats.pop()!;
    if (last === seatId) return;
    this.#seats[place] = last;
    this.#places.set(last, place);
  }
}
