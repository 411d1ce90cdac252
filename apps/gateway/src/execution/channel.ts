import type { Outbound } from '@marquee/outbound';
import { batchHeader, maxBatch, viewerHeader, type Viewer } from '@marquee/subgraph';
import { currentCorrelation, isRecorded, remainingTimeMs } from '@marquee/telemetry';

/** What a service said, whatever that is. */
export type Told = { readonly status: number; readonly text: string };

/** To one service, for questions that are written already. */
export type Channel = {
  /** May be sent twice where the first time failed, and together with other reads of the same viewer. */
  read(viewer: Viewer, body: string): Promise<Told>;
  /** Sent alone, and once. */
  write(viewer: Viewer, body: string): Promise<Told>;
};

type Target = { readonly url: URL; readonly outbound: Outbound };
type Waiting = { readonly text: string } & PromiseWithResolvers<Told | null>;
/** Reads that will go together. The first of them sends it once it is closed. */
type Batch = { readonly reads: Waiting[]; length: number; readonly closed: PromiseWithResolvers<void> };

/** Beyond it a batch is sent as it is: what a service takes in one body is bounded. */
const longestBatch = 256 * 1024;
/** A longer read gains nothing from company, and would hold it up. */
const longestJoined = 128 * 1024;

const linePattern = /^(\d+) (\d+) /;

/** Batches that are open, each until the event loop has gone round. */
function createGathering() {
  const open = new Map<Viewer, Batch>();
  const close = (viewer: Viewer, batch: Batch) => {
    if (open.get(viewer) === batch) open.delete(viewer);
    batch.closed.resolve();
  };
  return (viewer: Viewer, read: Waiting): Batch => {
    let batch = open.get(viewer);
    if (!batch) {
      const made = { reads: [], length: 0, closed: Promise.withResolvers<void>() };
      open.set(viewer, (batch = made));
      // What else came in with this one is read by then: to wait costs nothing where nothing came.
      setImmediate(() => close(viewer, made));
    }
    batch.reads.push(read);
    batch.length += read.text.length;
    if (batch.reads.length === maxBatch || batch.length > longestBatch) close(viewer, batch);
    return batch;
  };
}

/**
 * Reads of one viewer that are there at the same time go in one request: HTTP is most of what a small read costs, here
 * and in the service. Each keeps its correlation id and its time, and its answer comes when it is ready. Only where the
 * service said that it takes batches; never for two viewers, never a mutation; what is traced, or has less time than a
 * call may take, goes alone.
 */
export function createChannel({ url, outbound }: Target, sign: (viewer: Viewer) => string): Channel {
  const gather = createGathering();
  let takesBatches = false;

  const headersOf = (viewer: Viewer) => ({
    'content-type': 'application/json',
    accept: 'application/json',
    [viewerHeader]: sign(viewer),
  });
  const sendAlone = async (viewer: Viewer, body: string, safe: boolean): Promise<Told> => {
    const response = await outbound.fetch(url, { method: 'POST', headers: headersOf(viewer), body, safe });
    if (!takesBatches) takesBatches = response.headers.has(batchHeader);
    return { status: response.status, text: await response.text() };
  };
  const sendTogether = async (viewer: Viewer, reads: readonly Waiting[]): Promise<void> => {
    const body = `[${reads.map(({ text }) => text).join(',')}]`;
    const take = (line: string) => {
      const [head, index, status] = linePattern.exec(line) ?? [''];
      reads[Number(index)]?.resolve({ status: Number(status), text: line.slice(head.length) });
    };
    const request = { method: 'POST', headers: headersOf(viewer), body, safe: true };
    const { ok, status } = await outbound.lines(url, request, take);
    const text = '';
    // Another version of the service may stand behind the same address: it did nothing, and is asked one by one.
    if (!ok && status < 500) takesBatches = false;
    for (const read of reads) read.resolve(ok || status >= 500 ? { status, text } : null);
  };
  const readTogether = async (viewer: Viewer, body: string, correlationId: string): Promise<Told | null> => {
    const remainingMs = remainingTimeMs();
    const time = remainingMs === undefined ? '' : `"remainingMs":${remainingMs},`;
    const text = `{"correlationId":${JSON.stringify(correlationId)},${time}"ask":${body}}`;
    const mine: Waiting = { text, ...Promise.withResolvers<Told | null>() };
    const { reads, closed } = gather(viewer, mine);
    if (reads[0] === mine) {
      await closed.promise;
      if (reads.length === 1) return null;
      sendTogether(viewer, reads).catch((error: unknown) => {
        for (const read of reads) read.reject(error);
      });
    }
    return mine.promise;
  };

  return {
    read: async (viewer, body) => {
      const { correlationId } = currentCorrelation() ?? {};
      const mayWait = (remainingTimeMs() ?? Infinity) >= outbound.timeoutMs;
      const fits = takesBatches && mayWait && body.length <= longestJoined && !isRecorded();
      const told = fits && correlationId ? await readTogether(viewer, body, correlationId) : null;
      return told ?? sendAlone(viewer, body, true);
    },
    write: (viewer, body) => sendAlone(viewer, body, false),
  };
}
