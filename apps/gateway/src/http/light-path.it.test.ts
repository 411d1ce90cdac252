import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { encodeId, newUuid } from '@marquee/kernel';
import { foreignVenueId, startFakePlatform, type FakePlatform } from '../fake-platform.test-support.ts';

let platform: FakePlatform;
let token: string;

beforeAll(async () => {
  platform = await startFakePlatform();
  token = await platform.issuer.sign();
});

afterAll(async () => {
  await platform?.stop();
});

/** The whole answer, but for what differs from one request to the next by its nature. */
async function askFor(body: object, headers: Record<string, string> = {}, signedIn = true) {
  const response = await fetch(`${platform.gateway.url}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(signedIn && { authorization: `Bearer ${token}` }),
      ...headers,
    },
    body: JSON.stringify(body),
  });
  const sent = [...response.headers].filter(
    ([name]) => !['date', 'ratelimit', 'x-correlation-id'].includes(name),
  );
  const text = (await response.text()).replaceAll(response.headers.get('x-correlation-id')!, 'ID');
  return { status: response.status, headers: Object.fromEntries(sent), text };
}

const venue = 'query Venue($id: ID!) { node(id: $id) { ... on Venue { id name } } }';
const page = 'query Page($first: Int!) { page(first: $first) }';

const accepting = (accept: string) => ({ query: '{ whoAmI }', headers: { accept } });

test.each<[string, { query: string; variables?: object; headers?: Record<string, string>; nobody?: true }]>([
  ['one that goes well', { query: '{ venues { id name parent { name } } }' }],
  ['what is kept from its reader', { query: '{ venues { name takings } whoAmI }' }],
  ['nulls that must not be', { query: '{ occurrences { id missing } }' }],
  ['what belongs to another house', { query: venue, variables: { id: foreignVenueId } }],
  ['nothing of the kind', { query: venue, variables: { id: encodeId('Venue', newUuid()) } }],
  ['a fault of a service', { query: '{ broken whoAmI }' }],
  ['bad arguments alone', { query: page, variables: { first: 0 } }],
  ['a variable that does not fit', { query: page, variables: { first: 'many' } }],
  ['another media type', accepting('application/graphql-response+json')],
  ['a media type that is not served', accepting('image/png')],
  ['nobody', { query: '{ whoAmI }', nobody: true }],
])('an operation that is known is answered as it was the first time: %s', async (_, asked) => {
  const { headers, nobody, ...body } = asked;
  const first = await askFor(body, headers, !nobody);
  for (let again = 0; again < 3; again++) expect(await askFor(body, headers, !nobody)).toEqual(first);
});

test('the operation that is meant is the one that is executed, and what has none is refused each time', async () => {
  const query = 'query A { whoAmI } query B { venues { name } }';
  for (let again = 0; again < 2; again++) {
    expect((await askFor({ query, operationName: 'A' })).text).toContain('whoAmI');
    expect((await askFor({ query, operationName: 'B' })).text).toContain('Lyceum');
    for (const operationName of [undefined, '', 'C', `A\n${query}`]) {
      const refused = await askFor({ query, operationName });
      expect(refused.status).toBe(400);
      expect(refused.text).toContain('OPERATION_RESOLUTION_FAILURE');
    }
  }
});

test('a mutation that fails in part is executed once', async () => {
  const before = platform.behaviour.mutations;
  const query = 'mutation { renameVenue(name: "Odeon") { name takings } }';
  for (let again = 1; again <= 3; again++) {
    expect((await askFor({ query })).text).toContain('FORBIDDEN');
    expect(platform.behaviour.mutations).toBe(before + again);
  }
});
