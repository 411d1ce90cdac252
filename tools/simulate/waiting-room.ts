import { randomBytes } from 'node:crypto';
import { importAppModule } from '../client/app-module.ts';

type Kind = 'EARLY' | 'LATER';
type Token = {
  readonly round: number;
  readonly kind: Kind;
  readonly number: number;
  readonly occurrenceId: string;
  readonly visitor: string;
};
type Tokens = { signPosition(token: Token): string; readPosition(text: string): Token | null };
type Room = Readonly<Record<string, unknown>> & { readonly early: number; readonly admitted: number };
type Place = { readonly state: string; readonly position: number | null };

/** The rules of the service itself: what is measured here is what it does, without HTTP and without the database. */
const [{ createWaitingRoomTokens, visitorOf }, { lotOf, commitmentTo }, { judgePlace, positionOf }] =
  await Promise.all([
    importAppModule<{
      createWaitingRoomTokens(secret: string): Tokens;
      visitorOf(viewer: { organisationId: string; subject: string }): string;
    }>('tickets/src/waiting-room/position-token.ts'),
    importAppModule<{
      lotOf(draw: { seed: string; occurrenceId: string; early: number; visitor: string }): number;
      commitmentTo(seed: string): string;
    }>('tickets/src/waiting-room/lottery.ts'),
    importAppModule<{
      judgePlace(room: Room, entry: object, turnAt: (position: number) => Date | null, now: Date): Place;
      positionOf(room: Room, entry: object): number;
    }>('tickets/src/waiting-room/waiting-room.ts'),
  ]);

export type WaitingRoomSimulation = {
  readonly visitors: number;
  /** Of them before the opening. */
  readonly early: number;
  readonly joinMicroseconds: number;
  readonly statusMicroseconds: number;
  /** Growth of the heap of who runs the room, with all visitors in it. */
  readonly serverHeapMegabytes: number;
  /** What the visitors hold themselves. */
  readonly tokenBytesEach: number;
  readonly fairness: {
    /** Between arrival and position among the early: 0 when coming earlier is no advantage. */
    readonly correlationOfArrival: number;
    /** Largest share of one tenth of the early arrivals in the first tenth of positions; 0.1 were equal. */
    readonly largestShareOfATenth: number;
    /** Pairs of later arrivals, one after the other, who stand the other way round. */
    readonly inversions: number;
    /** Early visitors before whom a later one stands. */
    readonly overtaken: number;
    /** Share of states told by 10,000 visitors that are what the counters say, with 40 % let in. */
    readonly statesAsPromised: number;
  };
};

const occurrenceId = '0197a7b2-0000-7000-8000-000000000001';
const organisationId = '0197a7b2-0000-7000-8000-000000000002';
const subjectOf = (visitor: number) => visitorOf({ organisationId, subject: `guest:${visitor}` });

/** Sends visitors through a waiting room: seven of ten before it opens, the others after. */
export function simulateWaitingRoom(
  visitors: number,
  onProgress: (done: number) => void,
): WaitingRoomSimulation {
  const tokens = createWaitingRoomTokens(randomBytes(32).toString('hex'));
  const early = Math.floor(visitors * 0.7);
  const kindOf = (visitor: number): Kind => (visitor < early ? 'EARLY' : 'LATER');
  const tokenOf = (visitor: number): Token => {
    const number = visitor < early ? 0 : visitor - early;
    return { round: 1, kind: kindOf(visitor), number, occurrenceId, visitor: subjectOf(visitor) };
  };
  // What visitors hold is theirs: one block apart from the heap, so that the heap shows what the room itself needs.
  const length = tokens.signPosition(tokenOf(0)).length;
  const held = Buffer.alloc(visitors * length);
  globalThis.gc?.();
  const heapBefore = process.memoryUsage().heapUsed;
  const joinStart = performance.now();
  for (let visitor = 0; visitor < visitors; visitor++) {
    held.write(tokens.signPosition(tokenOf(visitor)), visitor * length, 'latin1');
    if (visitor % 100_000 === 99_999) onProgress(visitor + 1);
  }
  const joinMs = performance.now() - joinStart;
  const seed = randomBytes(32).toString('hex');
  const now = new Date();
  const room = roomOf({ early, later: visitors - early, seed, now });
  const statusStart = performance.now();
  const positions = new Float64Array(visitors);
  for (let visitor = 0; visitor < visitors; visitor++) {
    const token = tokens.readPosition(held.toString('latin1', visitor * length, (visitor + 1) * length))!;
    positions[visitor] = positionOf(room, entryOf(token, seed, early));
    judgePlace(room, entryOf(token, seed, early), () => now, now);
    if (visitor % 100_000 === 99_999) onProgress(visitor + 1);
  }
  const statusMs = performance.now() - statusStart;
  globalThis.gc?.();
  return {
    visitors,
    early,
    joinMicroseconds: (joinMs * 1000) / visitors,
    statusMicroseconds: (statusMs * 1000) / visitors,
    serverHeapMegabytes: Math.max(0, process.memoryUsage().heapUsed - heapBefore) / 1e6,
    tokenBytesEach: length,
    fairness: {
      ...fairnessOf(positions, early),
      statesAsPromised: statesAsPromised({ tokens, held, length }, room, positions, seed),
    },
  };
}

function roomOf(of: { early: number; later: number; seed: string; now: Date }): Room {
  const { early, later, seed, now } = of;
  return {
    organisationId,
    occurrenceId,
    enabled: true,
    round: 1,
    opensAt: now,
    openedAt: now,
    commitment: commitmentTo(seed),
    seed,
    early,
    arrived: later,
    admitted: Math.floor((early + later) * 0.4),
    perSecond: 100,
    maxPerSecond: 100,
    passMinutes: 10,
  };
}

function entryOf({ kind, number, visitor }: Token, seed: string, early: number): object {
  return kind === 'EARLY' ? { kind, lot: lotOf({ seed, occurrenceId, early, visitor }) } : { kind, number };
}

function fairnessOf(positions: Float64Array, early: number) {
  const tenth = early / 10;
  const inFirstTenth = new Array<number>(10).fill(0);
  const mean = (early - 1) / 2;
  let [product, variance, overtaken] = [0, 0, 0];
  for (let visitor = 0; visitor < early; visitor++) {
    const position = positions[visitor]!;
    product += (visitor - mean) * (position - mean);
    variance += (visitor - mean) ** 2;
    if (position < tenth) inFirstTenth[Math.min(9, Math.floor(visitor / tenth))]! += 1;
    if (position >= early) overtaken += 1;
  }
  let inversions = 0;
  for (let visitor = early + 1; visitor < positions.length; visitor++)
    if (positions[visitor]! <= positions[visitor - 1]!) inversions += 1;
  const all = inFirstTenth.reduce((sum, count) => sum + count, 0);
  return {
    correlationOfArrival: product / variance,
    largestShareOfATenth: Math.max(...inFirstTenth) / all,
    inversions,
    overtaken,
  };
}

function statesAsPromised(
  of: { readonly tokens: Tokens; readonly held: Buffer; readonly length: number },
  room: Room,
  positions: Float64Array,
  seed: string,
): number {
  const asked = Math.min(10_000, positions.length);
  let right = 0;
  for (let count = 0; count < asked; count++) {
    const visitor = Math.floor((count * positions.length) / asked);
    const text = of.held.toString('latin1', visitor * of.length, (visitor + 1) * of.length);
    const entry = entryOf(of.tokens.readPosition(text)!, seed, room.early);
    const { state } = judgePlace(room, entry, () => new Date(), new Date());
    if (state === (positions[visitor]! < room.admitted ? 'ADMITTED' : 'WAITING')) right += 1;
  }
  return right / asked;
}

export function formatWaitingRoom(result: WaitingRoomSimulation): string {
  const { fairness } = result;
  const count = new Intl.NumberFormat('en');
  return [
    `${count.format(result.visitors)} visitors in one waiting room, ${count.format(result.early)} of them before it opened`,
    '',
    `  ${result.joinMicroseconds.toFixed(1).padStart(10)} µs      to take a place (signature; counted in the database many at a time)`,
    `  ${result.statusMicroseconds.toFixed(1).padStart(10)} µs      to say where one stands`,
    `  ${result.serverHeapMegabytes.toFixed(1).padStart(10)} MB      more heap where the room is run, all visitors in it`,
    `  ${String(result.tokenBytesEach).padStart(10)} bytes   token that each visitor holds; rows in the database: none of theirs`,
    '',
    'Fairness',
    `  ${fairness.correlationOfArrival.toFixed(4).padStart(10)}         correlation of arrival and position among the early (0: coming earlier is no advantage)`,
    `  ${fairness.largestShareOfATenth.toFixed(4).padStart(10)}         largest share of a tenth of the early in the first tenth of places (0.1: equal)`,
    `  ${String(fairness.inversions).padStart(10)}         later visitors who stand before one who came before them`,
    `  ${String(fairness.overtaken).padStart(10)}         early visitors behind a later one`,
    `  ${(fairness.statesAsPromised * 100).toFixed(2).padStart(10)} %       of the states told are what the counters say`,
  ].join('\n');
}
