import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { as, guest, send, startThings, type Things } from './things.test-support.ts';

let things: Things;

beforeEach(async () => {
  things = await startThings();
});

afterEach(async () => {
  await things.subgraph.drain();
});

describe('limits', () => {
  test('a body that is no JSON, no UTF-8, too deep or too long is refused with its reason', async () => {
    const cases: [string | Uint8Array<ArrayBuffer>, number, RegExp][] = [
      ['{ nonsense', 400, /not valid JSON/],
      ['x'.repeat(1_000), 400, /must be a JSON object/],
      [`[${'[],'.repeat(500_001)}[]]`, 400, /more than 500000 values/],
      [`{"query":"{ \\"","a":"${'[,'.repeat(600_000)}\\\\"}`, 400, /Syntax Error/],
      [Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d]), 400, /not UTF-8/],
      [`{"query":"{ open }","variables":${'['.repeat(100)}${']'.repeat(100)}}`, 400, /64 levels/],
      [JSON.stringify({ query: 'x'.repeat(4 * 1024 * 1024) }), 413, /at most 4194304 bytes/],
    ];
    for (const [body, status, message] of cases) {
      const response = await fetch(things.subgraph.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...as(guest) },
        body,
      });
      expect(response.status).toBe(status);
      expect(await response.json()).toMatchObject({ errors: [{ message: expect.stringMatching(message) }] });
      expect(response.headers.get('x-correlation-id')).toBeTruthy();
    }
  });

  test('a streamed body is cut off where it passes the limit', async () => {
    const chunk = Buffer.alloc(1024 * 1024, 0x20);
    let chunks = 0;
    const stream = new ReadableStream({
      pull(controller) {
        if (++chunks > 8) controller.close();
        else controller.enqueue(chunk);
      },
    });
    const request = fetch(things.subgraph.url, {
      method: 'POST',
      headers: as(guest),
      body: stream,
      duplex: 'half',
    } as never);
    // Depending on who is quicker the client sees the answer or the closed connection.
    const status = await request.then(
      (response) => response.status,
      () => 413,
    );
    expect(status).toBe(413);
  });

  test('a compressed body is refused', async () => {
    expect(
      (await send(things, { query: '{ open }' }, { ...as(guest), 'content-encoding': 'gzip' })).response
        .status,
    ).toBe(415);
  });

  test('an operation with too many root fields is refused before it is validated', async () => {
    const query = `{ ${Array.from({ length: 501 }, () => 'open').join(' ')} }`;
    const { response, result } = await send(things, { query });
    expect(response.status).toBe(400);
    expect(result.errors?.[0]).toMatchObject({ extensions: { code: 'LIMIT_EXCEEDED' } });
  });

  test('a document of too many tokens is refused', async () => {
    const { response, result } = await send(things, { query: `{ ${'open '.repeat(40_001)} }` });
    expect(response.status).toBe(400);
    expect(result.errors?.[0]?.message).toContain('tokens');
  });

  test('only POST is answered', async () => {
    const response = await fetch(`${things.subgraph.url}?query={open}`, { headers: as(guest) });
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('POST');
  });

  test('a message that echoes the input is cut', async () => {
    const { result } = await send(things, {
      query: 'query ($at: DateTime) { echo(at: $at) }',
      variables: { at: 'x'.repeat(1_000_000) },
    });
    expect(result.errors?.[0]?.message.length).toBeLessThan(600);
  });
});

describe('scalars', () => {
  test('values are parsed on the way in, from variables and literals', async () => {
    const query =
      'query ($at: DateTime, $amount: BigInt, $local: LocalDateTime) { echo(at: $at, amount: $amount, local: $local) }';
    const variables = {
      at: '2027-03-20T19:00:00+01:00',
      amount: '9007199254740993',
      local: '2027-03-20T19:00:30',
    };
    const expected = '2027-03-20T18:00:00.000Z|9007199254740993|2027-03-20T19:00';
    expect((await send(things, { query, variables })).result.data?.['echo']).toBe(expected);
    const literal =
      '{ echo(at: "2027-03-20T18:00:00Z", amount: 9007199254740993, local: "2027-03-20T19:00") }';
    expect((await send(things, { query: literal })).result.data?.['echo']).toBe(expected);
  });

  test('values are written in UTC and as numbers while JSON keeps them', async () => {
    expect((await send(things, { query: '{ now amounts }' })).result.data).toEqual({
      now: '2027-03-20T18:00:00.000Z',
      amounts: [1, 2, 3, '9007199254740993'],
    });
  });

  test.each([
    ['at', '2027-02-30T19:00:00Z', /does not exist/],
    ['at', '2027-03-20T19:00:00', /offset/],
    ['at', 1234, /RFC 3339/],
    ['amount', 1.5, /whole number/],
    ['amount', '1e3', /whole number/],
    ['amount', '9223372036854775808', /64 bits/],
    ['local', '2027-03-20T25:00', /does not exist/],
    ['local', '2027-03-20T19:00Z', /without an offset/],
  ])('%s: %p is refused with 400 and a name', async (name, value, message) => {
    const type = { at: 'DateTime', amount: 'BigInt', local: 'LocalDateTime' }[name];
    const { response, result } = await send(things, {
      query: `query ($value: ${type}) { echo(${name}: $value) }`,
      variables: { value },
    });
    expect(response.status).toBe(400);
    expect(result.errors?.[0]?.message).toContain('$value');
    expect(result.errors?.[0]?.message).toMatch(message);
    expect(result.errors?.[0]?.extensions['code']).toBe('BAD_USER_INPUT');
  });
});
