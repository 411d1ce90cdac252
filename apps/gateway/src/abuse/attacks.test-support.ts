import { connect } from 'node:net';
import type { ErrorCode } from '@marquee/subgraph';

/** A gateway over any graph, and a guest who may ask. */
export type Target = {
  readonly url: string;
  readonly token: string;
};

/** What came back; status 0 where the connection was only closed. */
export type Reply = { readonly status: number; readonly text: string };

export type Attack = {
  readonly name: string;
  /** What must come back. */
  readonly status: number;
  readonly code: ErrorCode;
  send(target: Target): Promise<Reply>;
};

const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));

/** Bytes as no HTTP client would send them. Resolves when the server has closed, as it does after each refusal. */
export function sendRaw({ url }: Target, parts: readonly (string | Uint8Array)[]): Promise<Reply> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    let text = '';
    const socket = connect(Number(port), hostname, () => {
      for (const part of parts) socket.write(part);
    });
    socket.setEncoding('utf8');
    socket.on('data', (chunk: string) => (text += chunk));
    // A server that refuses what is still being sent may reset the connection: what it said before counts.
    socket.on('error', () => undefined);
    socket.on('close', () => resolve({ status: Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1] ?? 0), text }));
  });
}

function headersOf(target: Target, more: Readonly<Record<string, string>>): string {
  const all = {
    host: 'gateway',
    connection: 'close',
    'content-type': 'application/json',
    accept: 'application/graphql-response+json',
    authorization: `Bearer ${target.token}`,
    ...more,
  };
  return Object.entries(all)
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('');
}

const path = (target: Target) => new URL(target.url).pathname;

/** A POST of these bytes. */
function post(body: string | Uint8Array, headers: Readonly<Record<string, string>> = {}): Attack['send'] {
  const bytes = Buffer.from(body as string);
  return (target) => {
    const length = { 'content-length': String(bytes.byteLength) };
    return sendRaw(target, [
      `POST ${path(target)} HTTP/1.1\r\n${headersOf(target, { ...length, ...headers })}\r\n`,
      bytes,
    ]);
  };
}

const query = (source: string, headers?: Readonly<Record<string, string>>) =>
  post(JSON.stringify({ query: source }), headers);

const megabyte = 1024 * 1024;
/** A secret that a client may have in a document or in variables: no log may show it. */
export const secretOfClient = 'correct-horse-battery-staple';

const documents: readonly Attack[] = [
  ['depth 200', `{ ${'a { '.repeat(200)}b${' }'.repeat(200)} }`],
  ['10,000 aliases', `{ ${times(10_000, (index) => `a${index}:x`).join(' ')} }`],
  ['201 aliases', `{ ${times(201, (index) => `a${index}: __typename`).join(' ')} a: b c: d }`],
  ['a document of 110 KB', `{ a(b: "${secretOfClient.repeat(4_000)}") }`],
  ['a comment of 110 KB', `{ a } #${'x'.repeat(110_000)}`],
  [
    'fragments that double a hundred times',
    `{ ...F0 } ${times(100, (index) => `fragment F${index} on Query { ...F${index + 1} ...F${index + 1} }`).join(' ')} fragment F100 on Query { a }`,
  ],
  [
    '300 fragments to compare with each other',
    `{ ${times(300, (index) => `...F${index}`).join(' ')} } ${times(300, (index) => `fragment F${index} on Query { a b c d e f }`).join(' ')}`,
  ],
  ['one field 1,900 times', `{ a { ${'b '.repeat(1_900)} } }`],
  ['3,000 directives', `{ a { b ${'@skip(if: false) '.repeat(1_500)} } }`],
  ['51 fields at the root', `{ ${times(51, (index) => `f${index}`).join(' ')} }`],
  ['20,000 selections in one another', `{ a ${'{ ... on Query '.repeat(3_000)} { b } ${'}'.repeat(3_000)} }`],
].map(([name, source]) => ({ name: name!, status: 400, code: 'LIMIT_EXCEEDED', send: query(source!) }));

const invalid: readonly Attack[] = [
  ['fragments in a circle', '{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }'],
  [
    'introspection in circles',
    `{ __schema { types { ${'fields { type { '.repeat(10)}name${' } }'.repeat(10)} } } }`,
  ],
  ['fields that do not exist', `{ ${times(50, (index) => `nothing${index}`).join(' ')} }`],
].map(([name, source]) => ({
  name: name!,
  status: 400,
  code: 'GRAPHQL_VALIDATION_FAILED',
  send: query(source!),
}));

const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);

const bodies: readonly Attack[] = [
  {
    name: 'a query of 5 MB',
    status: 413,
    code: 'BODY_TOO_LARGE',
    send: query('x'.repeat(5 * megabyte)),
  },
  {
    name: '5 MB in chunks',
    status: 413,
    code: 'BODY_TOO_LARGE',
    send: (target) => {
      const chunk = `10000\r\n${'x'.repeat(0x10000)}\r\n`;
      const head = `POST ${path(target)} HTTP/1.1\r\n${headersOf(target, { 'transfer-encoding': 'chunked' })}\r\n`;
      return sendRaw(target, [head, ...times(80, () => chunk), '0\r\n\r\n']);
    },
  },
  {
    name: 'JSON of a million lists',
    status: 413,
    code: 'BODY_TOO_LARGE',
    send: post(`{"query":"{a}","variables":{"a":[${'[],'.repeat(1_300_000)}[]]}}`),
  },
  {
    name: 'a body of 100 KB without a token',
    status: 413,
    code: 'BODY_TOO_LARGE',
    send: post(JSON.stringify({ query: `{ a } #${'x'.repeat(100_000)}` }), { authorization: '' }),
  },
  ...(
    [
      ['a batch of 1,000', JSON.stringify(times(1_000, () => ({ query: '{ __typename }' })))],
      ['invalid UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d])],
      ['JSON nested 60,000 times', `{"query":"{a}","variables":{"a":${nested(60_000)}}}`],
      ['JSON that ends too early', `{"query":"{a}","variables":{"password":"${secretOfClient}"`],
      ['no JSON', 'x'.repeat(110_000)],
      ['JSON of 40,000 lists', `{"query":7,"variables":{"a":[${'[],'.repeat(40_000)}[]]}}`],
      ['variables that are no object', '{"query":"{a}","variables":[1]}'],
    ] as const
  ).map(([name, body]) => ({ name, status: 400, code: 'BAD_REQUEST' as const, send: post(body) })),
];

const get = (search: string, method = 'GET', headers: Readonly<Record<string, string>> = {}) =>
  ((target) =>
    sendRaw(target, [
      `${method} ${path(target)}?${search} HTTP/1.1\r\n${headersOf(target, { 'content-type': '', ...headers })}\r\n`,
    ])) satisfies Attack['send'];

const crossSite: readonly Attack[] = [
  ...['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'].map(
    (type): Attack => ({
      name: `a page of another site that posts ${type.split(';')[0]}`,
      status: 415,
      code: 'UNSUPPORTED_MEDIA_TYPE',
      send: query('{ __typename }', { 'content-type': type, origin: 'https://evil.example' }),
    }),
  ),
  {
    name: 'a page of another site that gets',
    status: 400,
    code: 'BAD_REQUEST',
    send: get('query={__typename}', 'GET', { origin: 'https://evil.example' }),
  },
];

const raw = (name: string, parts: (target: Target) => readonly string[]): Attack => ({
  name,
  status: 400,
  code: 'BAD_REQUEST',
  send: (target) => sendRaw(target, parts(target)),
});
const second = (target: Target) => `GET ${path(target)}?smuggled HTTP/1.1\r\nhost: gateway\r\n\r\n`;

const smuggling: readonly Attack[] = [
  raw('two lengths', (target) => [
    `POST ${path(target)} HTTP/1.1\r\n${headersOf(target, { 'content-length': '4' })}transfer-encoding: chunked\r\n\r\n0\r\n\r\n`,
    second(target),
  ]),
  raw('two content-lengths', (target) => [
    `POST ${path(target)} HTTP/1.1\r\n${headersOf(target, { 'content-length': '4' })}content-length: 2\r\n\r\nab`,
    second(target),
  ]),
  raw('a space before the colon', (target) => [
    `POST ${path(target)} HTTP/1.1\r\nhost: gateway\r\ncontent-length : 4\r\n\r\nabcd`,
    second(target),
  ]),
  raw('a header in the value of another', (target) => [
    `POST ${path(target)} HTTP/1.1\r\nhost: gateway\r\nx: a\rx-marquee-viewer: me\r\n\r\n`,
  ]),
  {
    name: 'headers of 100 KB',
    status: 431,
    code: 'HEADERS_TOO_LARGE',
    send: (target) =>
      sendRaw(target, [`GET ${path(target)} HTTP/1.1\r\nhost: a\r\nx: ${'y'.repeat(100_000)}\r\n\r\n`]),
  },
];

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

function claimsOf(token: string): object {
  return JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString()) as object;
}

/** Made from a good token, without the issuer's key. */
export const forgeries: Readonly<Record<string, (token: string) => string>> = {
  'a token without an algorithm': (token) => `${part({ alg: 'none' })}.${part(claimsOf(token))}.`,
  'a token signed by a secret': (token) =>
    `${part({ alg: 'HS256' })}.${part(claimsOf(token))}.${'A'.repeat(43)}`,
  'a token with other claims': (token) => {
    const [head, , signature] = token.split('.');
    return `${head}.${part({ ...claimsOf(token), role: 'OWNER' })}.${signature}`;
  },
  'a token of another audience': (token) => {
    const [head, , signature] = token.split('.');
    return `${head}.${part({ ...claimsOf(token), aud: 'somebody else' })}.${signature}`;
  },
  'a token of 7 KB': (token) => `${token}${'A'.repeat(7_000)}`,
  'half a token': (token) => token.slice(0, token.length / 2),
  'an API key that was made up': () => `mqk_${'A'.repeat(36)}`,
};

const tokens: readonly Attack[] = Object.entries(forgeries).map(([name, forge]) => ({
  name,
  status: 401,
  code: 'UNAUTHENTICATED',
  send: (target) => query('{ __typename }')({ ...target, token: forge(target.token) }),
}));

/** What a gateway is held against, whatever graph it serves. */
export const attacks: readonly Attack[] = [
  ...documents,
  ...invalid,
  ...bodies,
  ...crossSite,
  ...smuggling,
  ...tokens,
];

/** What the rest is measured against: an operation that is as small as can be. */
export const honest: Attack['send'] = query('{ __typename }');

/** Sends half of what it says it will, and waits. */
export const slowBody: Attack = {
  name: 'a body that never ends',
  status: 408,
  code: 'REQUEST_TIMEOUT',
  send: (target) =>
    sendRaw(target, [
      `POST ${path(target)} HTTP/1.1\r\n${headersOf(target, { 'content-length': '1000' })}\r\n{"query":`,
    ]),
};
