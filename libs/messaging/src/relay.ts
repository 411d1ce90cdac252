import { logStart, readAll, withholding, type LogPosition, type RecordedEvent } from '@marquee/event-log';
import type { Transaction } from '@marquee/postgres';
import type { NatsConnection } from 'nats';
import { announceChanges } from './changes.ts';
import { loadCheckpoint, recordCheckpoint } from './checkpoint.ts';
import { lockKey, type Context } from './context.ts';
import { describe } from './faults.ts';
import { secondsSince } from './observe.ts';
import { answerTimeoutMs, TailMovedError, type PublishTarget } from './publish.ts';
import { publishPage, toPage, type Page } from './publish-entries.ts';
import { forgetSome, readForgotten, type Forgotten } from './removal/forget-in-stream.ts';
import type { Lease, Session } from './session.ts';
import { ensureStream, isWhole, readTail } from './stream.ts';
import { anySignal, backoffMs, createBell, pause } from './timing.ts';
import { comparePositions } from './topology.ts';
import type { Relay, RelayStatus } from './types.ts';

/** The relay's row in `messaging_checkpoint`. */
const relayName = '$relay';
const readLimit = 1000;
/** How often the leader makes sure that the stream is whole and ends where it left it. */
const tailCheckMs = 5000;
const checkpointEveryMs = 200;
/** How often the leader looks whether there is an organisation to forget. */
const forgetEveryMs = 2_000;
/** Between two attempts: everybody waits for what is not published, and there is one relay a service. */
const mostPauseMs = 1_000;
const finalPassMs = 2000;
/** Of the stream, which answers nobody while it has no leader. */
const asked = { checkAPI: false, timeout: answerTimeoutMs };
/** How often it looks into the log while NATS is away. */
const peekMs = 1000;
/** Without events or wake-ups for so long it looks a quarter as often: 40 looks a second cost 4 % of a core. */
const restAfterMs = 2000;
/**
 * After a ring or a find it looks again so soon, then after twice as long, and so on up to the poll: what was rung for may
 * not show yet, because an older open transaction holds the log back.
 */
const lookAgainAfterMs = 1;
/** The last pass looks so often for what is still held back. */
const finalLookMs = 25;

/** What one term of leading knows. The stream's tail is the truth about `at`; the checkpoint tells of a stream gone back. */
type Term = {
  readonly target: PublishTarget;
  forgotten: Forgotten;
  forgotAtMs: number;
  at: LogPosition;
  /** What comes after `at`, asked for already while a full batch was being published. */
  ahead: Promise<Page> | null;
  sequence: number;
  unrecorded: boolean;
  recordedAtMs: number;
  checkedAtMs: number;
};

/** Publishes one service's log. Of several processes the one that holds the advisory lock leads. */
export class LogRelay implements Relay {
  readonly #context: Context;
  readonly #session: Session;
  readonly #pollMs: number;
  readonly #stopReading: () => void;
  readonly #labels: { readonly service: string };
  readonly #stop = new AbortController();
  readonly #bell = createBell();
  readonly #running: Promise<void>;
  #state: RelayStatus['state'] = 'standby';
  #published = 0;
  /** When the oldest event seen in the log and not known to be in the stream occurred. */
  #oldestAt: string | null = null;
  #at: LogPosition | null = null;
  #lastError: string | null = null;

  /**
   * `session` is the relay's own: the lock lives and dies with it, and the log is read through it, one statement a
   * look instead of a transaction's three round trips forty times a second.
   */
  constructor(context: Context, session: Session, options: { readonly pollMs?: number } = {}) {
    this.#context = context;
    this.#session = session;
    this.#pollMs = options.pollMs ?? 25;
    this.#labels = { service: context.service };
    this.#stopReading = context.instruments.relayOldest(() => [
      { value: this.#oldestSeconds(), labels: this.#labels },
    ]);
    this.#running = this.#run();
  }

  wake(): void {
    this.#bell.ring();
  }

  status(): RelayStatus {
    return {
      state: this.#state,
      published: this.#published,
      oldestAgeMs: Math.round(this.#oldestSeconds() * 1000),
      lastError: this.#lastError,
    };
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#running;
    this.#stopReading();
    await this.#session.close();
  }

  async #run(): Promise<void> {
    const { logger, topology, service, instruments } = this.#context;
    while (!this.#stop.signal.aborted) {
      this.#state = 'standby';
      instruments.relayLeading.set(0, this.#labels);
      const lease = await this.#session.lock(lockKey(this.#context, 'relay'), this.#stop.signal);
      if (!lease) continue;
      logger.info({ stream: topology.stream(service) }, 'the relay leads');
      instruments.relayLeading.set(1, this.#labels);
      await this.#leadWhile(lease);
      await lease.release();
    }
    this.#state = 'stopped';
    instruments.relayLeading.set(0, this.#labels);
  }

  async #leadWhile(lease: Lease): Promise<void> {
    const { link, logger } = this.#context;
    for (let failures = 0; !this.#stop.signal.aborted && !lease.lost.aborted;) {
      this.#state = failures ? 'failing' : 'waiting';
      const held = anySignal(this.#stop.signal, lease.lost);
      const connection = link.current() ?? (await this.#awaitConnection(held.signal));
      const term = anySignal(held.signal, link.down());
      try {
        if (connection) await this.#lead(term.signal);
        failures = 0;
      } catch (error) {
        logger.warn({ error }, 'the relay begins anew');
        this.#noteFault(error);
        await pause(backoffMs(++failures, mostPauseMs), held.signal);
      } finally {
        term.end();
        held.end();
      }
    }
  }

  /** Meanwhile it looks into the log, so that it shows how old what waits there grows. */
  async #awaitConnection(signal: AbortSignal): Promise<NatsConnection | undefined> {
    const { link } = this.#context;
    while (!signal.aborted) {
      const patience = anySignal(signal);
      const timer = setTimeout(patience.abort, peekMs);
      const connection = await link.connected(patience.signal);
      clearTimeout(timer);
      patience.end();
      if (connection) return connection;
      const [first] = this.#at && !this.#oldestAt ? await this.#read(this.#at, 1).catch(() => []) : [];
      if (first) this.#oldestAt = first.event.occurredAt;
    }
    return undefined;
  }

  /** Until the signal fires or something fails. */
  async #lead(signal: AbortSignal): Promise<void> {
    const term = await this.#begin();
    this.#state = 'leading';
    let busyAtMs = performance.now();
    let lookAgainMs = lookAgainAfterMs;
    while (!signal.aborted) {
      const count = await this.#publishSome(term);
      if (count > 0) {
        busyAtMs = performance.now();
        lookAgainMs = lookAgainAfterMs;
      }
      this.#lastError = null;
      await this.#record(term);
      await this.#checkTail(term);
      await this.#forget(term);
      if (count === readLimit) continue;
      const idleMs = performance.now() - busyAtMs > restAfterMs ? this.#pollMs * 4 : this.#pollMs;
      const rung = await this.#bell.wait(Math.min(lookAgainMs, idleMs), signal);
      lookAgainMs = rung ? lookAgainAfterMs : lookAgainMs * 2;
    }
    if (this.#stop.signal.aborted) await this.#finish(term);
  }

  async #begin(): Promise<Term> {
    const { link, topology, service, instruments, logger } = this.#context;
    const connection = link.current();
    if (!connection) throw new Error('NATS is not connected');
    const jsm = await connection.jetstreamManager(asked);
    const { atomic } = await ensureStream(jsm, topology, service);
    const tail = await readTail(jsm, topology, service);
    if (tail.lastSequence > 0 && !tail.position) {
      await jsm.streams.delete(topology.stream(service));
      throw new TailMovedError('the stream ends in messages that are not from a relay: making it anew');
    }
    const checkpoint = await loadCheckpoint(this.#session, relayName, service);
    const at = tail.position ?? logStart;
    if (comparePositions(at, checkpoint.position) < 0) {
      instruments.reseeds.add(1, this.#labels);
      logger.warn(
        { stream: topology.stream(service), tail, checkpoint },
        'the stream is behind the log: catching up',
      );
    }
    return {
      target: { connection, atomic },
      forgotten: await readForgotten(this.#context.database),
      forgotAtMs: -Infinity,
      at,
      ahead: null,
      sequence: tail.lastSequence,
      unrecorded: false,
      recordedAtMs: 0,
      checkedAtMs: performance.now(),
    };
  }

  async #publishSome(term: Term): Promise<number> {
    const page = await (term.ahead ?? this.#page(term, term.at));
    const { entries, read, end } = page;
    term.ahead = null;
    this.#at = term.at;
    this.#oldestAt = entries[0]?.event.occurredAt ?? null;
    if (!end) return 0;
    if (read === readLimit) {
      term.ahead = this.#page(term, end);
      // Where the publication fails, nobody waits for it.
      term.ahead.catch(() => undefined);
    }
    if (entries.length > 0) await this.#publishPage(term, page);
    term.at = end;
    this.#at = end;
    term.unrecorded = true;
    this.#oldestAt = null;
    return read;
  }

  async #publishPage(term: Term, page: Page): Promise<void> {
    const { instruments } = this.#context;
    const { entries } = page;
    announceChanges(term.target.connection, this.#context.topology, this.#context.service, entries);
    term.sequence = await publishPage(this.#context, term.target, page, term.sequence);
    this.#published += entries.length;
    instruments.published.add(entries.length, this.#labels);
    instruments.publishDelay.observe(this.#oldestSeconds(), this.#labels);
  }

  async #page({ forgotten }: Term, after: LogPosition): Promise<Page> {
    return toPage(this.#context, await this.#read(after, readLimit), forgotten);
  }

  #read(after: LogPosition, limit: number): Promise<RecordedEvent[]> {
    const interceptors = this.#context.withholds ? [withholding] : [];
    const name = 'relay-read';
    return readAll(this.#session as unknown as Transaction, after, limit, { interceptors, name });
  }

  #oldestSeconds(): number {
    return this.#oldestAt ? secondsSince(this.#oldestAt) : 0;
  }

  async #record(term: Term): Promise<void> {
    if (!term.unrecorded || performance.now() - term.recordedAtMs < checkpointEveryMs) return;
    const key = { subscription: relayName, source: this.#context.service };
    await recordCheckpoint(this.#session, key, { position: term.at, sequence: term.sequence });
    term.recordedAtMs = performance.now();
    term.unrecorded = false;
  }

  async #checkTail(term: Term): Promise<void> {
    if (performance.now() - term.checkedAtMs < tailCheckMs) return;
    const { topology, service } = this.#context;
    const jsm = await term.target.connection.jetstreamManager(asked);
    const info = await jsm.streams.info(topology.stream(service));
    if (info.state.last_seq !== term.sequence || !isWhole(info)) {
      throw new TailMovedError(
        `the stream ends at ${info.state.last_seq} and has ${info.state.messages} messages`,
      );
    }
    term.checkedAtMs = performance.now();
  }

  async #forget(term: Term): Promise<void> {
    if (performance.now() - term.forgotAtMs < forgetEveryMs) return;
    const { topology, service } = this.#context;
    const { connection } = term.target;
    const jsm = await connection.jetstreamManager(asked);
    const [session, publishedTo] = [this.#session, term.at];
    term.forgotten = await forgetSome({ session, connection, jsm, topology, service, publishedTo });
    term.forgotAtMs = performance.now();
  }

  async #finish(term: Term): Promise<void> {
    const until = performance.now() + finalPassMs;
    for (let left = true; left && performance.now() < until;) {
      const count = await this.#publishSome(term);
      left = count > 0 || (await this.#isHeldBack());
      if (left && count === 0) await pause(finalLookMs, new AbortController().signal);
    }
    term.recordedAtMs = -Infinity;
    await this.#record(term);
  }

  /** Whether events are committed that an older open transaction keeps out of the relay's sight, for a moment. */
  async #isHeldBack(): Promise<boolean> {
    const hidden = await this.#session.rows(
      'select 1 from event_log where tx >= pg_snapshot_xmin(pg_current_snapshot()) limit 1',
    );
    return hidden.length > 0;
  }

  #noteFault(error: unknown): void {
    if (this.#stop.signal.aborted) return;
    this.#state = 'failing';
    this.#lastError = describe(error);
  }
}
