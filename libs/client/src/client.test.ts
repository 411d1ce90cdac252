import { describe, expect, test } from '@jest/globals';
import { createClient, MarqueeError, operations, subscriptions, type ClientOptions } from './index.ts';

type Sent = {
  readonly url: string;
  readonly headers: Record<string, string>;
  readonly body: Record<string, unknown>;
};

/** A client whose requests are answered by this, and what it sent. */
function clientOf(
  answer: (signal: AbortSignal | undefined) => Response | Promise<Response>,
  options: Partial<ClientOptions> = {},
) {
  const sent: Sent[] = [];
  const client = createClient({
    url: 'https://tickets.example/graphql',
    fetch: async (url, init) => {
      const headers = init?.headers as Record<string, string>;
      sent.push({ url: String(url), headers, body: JSON.parse(String(init?.body)) as Sent['body'] });
      return answer(init?.signal ?? undefined);
    },
    ...options,
  });
  return { client, sent };
}

const json = (body: unknown, status = 200, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), { status, headers: { 'x-correlation-id': 'c-1', ...headers } });
const failureOf = (work: Promise<unknown>): Promise<MarqueeError> =>
  work.then(
    () => Promise.reject(new Error('it did not fail')),
    (error: unknown) => error as MarqueeError,
  );

describe('an operation', () => {
  test('is sent with its variables, a fresh token and who asks; its data is answered', async () => {
    let tokens = 0;
    const { client, sent } = clientOf(
      () => json({ data: { releaseHold: { __typename: 'NotFound', message: 'no' } } }),
      {
        token: () => `token-${(tokens += 1)}`,
        client: { name: 'web', version: '1' },
      },
    );
    const { releaseHold } = await client.operations.releaseHold({ id: 'hld_1' });
    expect(releaseHold).toEqual({ __typename: 'NotFound', message: 'no' });
    await client.request(operations.ReleaseHold, { id: 'hld_2' });
    expect(sent.map(({ headers }) => headers['authorization'])).toEqual(['Bearer token-1', 'Bearer token-2']);
    expect(sent[0]).toMatchObject({
      headers: { 'apollographql-client-name': 'web', 'apollographql-client-version': '1' },
      body: { query: operations.ReleaseHold.source, variables: { id: 'hld_1' } },
    });
  });

  test('goes by its id where the client says so', async () => {
    const { client, sent } = clientOf(() => json({ data: { node: null } }), { byId: true });
    await client.operations.refetch({ id: 'x' });
    expect(sent[0]?.body).toEqual({ documentId: operations.Refetch.id, variables: { id: 'x' } });
    expect(operations.Refetch.id).toMatch(/^sha256:[0-9a-f]{64}$/);
  });
});

describe('what fails', () => {
  const partial = {
    data: { occurrence: { id: 'occ_1', stats: null } },
    errors: [{ message: 'analytics did not answer', extensions: { code: 'SUBGRAPH_UNAVAILABLE' } }],
  };

  test('throws with its code, and keeps what there is; send answers it beside the errors', async () => {
    const { client } = clientOf(() => json(partial));
    const error = await failureOf(client.operations.occurrenceStats({ id: 'occ_1' }));
    expect(error).toBeInstanceOf(MarqueeError);
    expect(error).toMatchObject({
      code: 'SUBGRAPH_UNAVAILABLE',
      status: 200,
      correlationId: 'c-1',
      data: partial.data,
    });
    const answer = await client.send(operations.OccurrenceStats, { id: 'occ_1' });
    expect(answer).toEqual({ ...partial, correlationId: 'c-1' });
  });

  test.each([
    [429, { errors: [{ message: 'slower', extensions: { code: 'RATE_LIMITED' } }] }, 'RATE_LIMITED'],
    [401, { errors: [{ message: 'who?', extensions: { code: 'UNAUTHENTICATED' } }] }, 'UNAUTHENTICATED'],
    [502, '<html>', 'UNREADABLE'],
    [200, 'null', 'UNREADABLE'],
  ])('is told from the answer %i %j', async (status, body, code) => {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const { client } = clientOf(() => new Response(text, { status, headers: { 'retry-after': '7' } }));
    for (const work of [
      client.operations.refetch({ id: 'x' }),
      client.send(operations.Refetch, { id: 'x' }),
    ]) {
      expect(await failureOf(work)).toMatchObject({ code, status, retryAfterSeconds: 7 });
    }
  });

  const never = (signal: AbortSignal | undefined) =>
    new Promise<Response>((_, reject) => {
      signal?.addEventListener('abort', () => reject(signal.reason as Error));
    });

  test('is a network that is not there, or too slow; but not what the caller ends', async () => {
    const away = clientOf(() => Promise.reject(new TypeError('fetch failed')));
    expect(await failureOf(away.client.operations.refetch({ id: 'x' }))).toMatchObject({ code: 'NETWORK' });
    const slow = clientOf(never, { timeoutMs: 1 });
    expect(await failureOf(slow.client.operations.refetch({ id: 'x' }))).toMatchObject({ code: 'TIMEOUT' });
    const stop = new AbortController();
    const ended = clientOf(never).client.operations.refetch({ id: 'x' }, { signal: stop.signal });
    stop.abort(new Error('enough'));
    await expect(ended).rejects.toThrow('enough');
  });

  test('is also a body that breaks off', async () => {
    const broken = () =>
      new Response(
        new ReadableStream({
          pull: (controller) => controller.error(new TypeError('terminated')),
        }),
      );
    expect(await failureOf(clientOf(broken).client.operations.refetch({ id: 'x' }))).toMatchObject({
      code: 'NETWORK',
    });
    expect(await failureOf(clientOf(broken).client.send(operations.Refetch, { id: 'x' }))).toMatchObject({
      code: 'NETWORK',
    });
  });
});

describe('a subscription', () => {
  const encoder = new TextEncoder();
  const stream = (chunks: readonly string[], onCancel: () => void = () => undefined) => {
    const left = [...chunks];
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        const chunk = left.shift();
        if (chunk === undefined) controller.close();
        else controller.enqueue(encoder.encode(chunk));
      },
      cancel: onCancel,
    });
    return new Response(body, { headers: { 'content-type': 'text/event-stream; charset=utf-8' } });
  };
  const next = (available: number) =>
    `event: next\ndata: ${JSON.stringify({ data: { availabilityChanged: { id: 'occ_1', availability: { available } } } })}\n\n`;
  const variables = { occurrenceId: 'occ_1' };

  test('shows each state, however the bytes are cut, until the server ends it', async () => {
    const whole = `:\n\n${next(3)}:\r\n\r\n${next(2)}event: complete\n\n${next(1)}`;
    for (const size of [1, 7, 10_000]) {
      const chunks = whole.match(new RegExp(`[^]{1,${size}}`, 'g'))!;
      const { client, sent } = clientOf(() => stream(chunks));
      const seen: unknown[] = [];
      for await (const { availabilityChanged } of client.subscribe(
        subscriptions.AvailabilityChanged,
        variables,
      )) {
        seen.push(availabilityChanged?.availability?.available);
      }
      expect(seen).toEqual([3, 2]);
      expect(sent[0]?.headers['accept']).toBe('text/event-stream');
    }
  });

  test('is hung up on when its loop is left', async () => {
    let cancelled = false;
    const { client } = clientOf(() => stream([next(3), next(2)], () => (cancelled = true)));
    for await (const _ of client.subscribe(subscriptions.AvailabilityChanged, variables)) break;
    expect(cancelled).toBe(true);
  });

  test('throws where it is refused, before it begins or in it', async () => {
    const errors = [{ message: 'who?', extensions: { code: 'UNAUTHENTICATED' } }];
    const answers = [
      () => json({ errors }, 401),
      () => stream([`event: next\ndata: ${JSON.stringify({ errors })}\n\n`]),
    ];
    for (const answer of answers) {
      const events = clientOf(answer).client.subscribe(subscriptions.AvailabilityChanged, variables);
      expect(await failureOf(events.next())).toMatchObject({ code: 'UNAUTHENTICATED' });
    }
  });
});
