import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { serviceViewer, signViewer, viewerHeader } from '@marquee/subgraph';
import { buildSchema } from 'graphql';
import { noTrustedDocuments } from '../documents/trusted-documents.ts';
import {
  internalSecret,
  organisationId,
  startFakePlatform,
  type FakePlatform,
} from '../fake-platform.test-support.ts';

let platform: FakePlatform;
beforeAll(async () => {
  platform = await startFakePlatform({ documents: { mode: 'trusted', trusted: noTrustedDocuments } });
});
afterAll(() => platform?.stop());

const viewer = { ...serviceViewer('hub', organisationId) };
const signed = (secret = internalSecret) => ({ [viewerHeader]: signViewer(viewer, secret) });

async function send(path: string, { headers = {}, ...init }: RequestInit = {}) {
  const response = await fetch(`${platform.gateway.url}${path}`, {
    ...init,
    headers: { 'content-type': 'application/json', ...(headers as object) },
  });
  return { status: response.status, text: await response.text() };
}
const query = (text: string, headers = signed()) =>
  send('/internal/graphql', { method: 'POST', headers, body: JSON.stringify({ query: text }) });

test('a service is told the schema that clients see, and may ask what is in no list of documents', async () => {
  const { status, text } = await send('/internal/schema', { headers: signed() });
  expect(status).toBe(200);
  expect(buildSchema(text, { assumeValid: true }).getQueryType()?.getFields()).toHaveProperty('venues');
  expect(text).not.toContain('_entities');
  const answer = await query('{ venues { name } }');
  expect([answer.status, Object.keys(JSON.parse(answer.text).data)]).toEqual([200, ['venues']]);
});

test.each(['/internal/schema', '/internal/graphql'])(
  '%s is for nobody without the internal secret',
  async (path) => {
    const token = { authorization: `Bearer ${await platform.issuer.sign({ role: 'OWNER' })}` };
    for (const headers of [{}, token, signed('another secret of at least thirty-two characters')]) {
      const { status, text } = await send(path, {
        method: 'POST',
        headers,
        body: '{"query":"{ __typename }"}',
      });
      expect([status, JSON.parse(text).errors[0].extensions.code]).toEqual([401, 'UNAUTHENTICATED']);
    }
  },
);

test('what is asked keeps within the limits of any document, and comes by POST', async () => {
  const deep = `{ ${'venues { '.repeat(20)} id ${'}'.repeat(20)} }`;
  expect((await query(deep)).status).toBe(400);
  expect((await query(deep)).text).toContain('LIMIT_EXCEEDED');
  expect((await send('/internal/graphql', { headers: signed() })).status).toBe(405);
});
