import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createLogger } from '@marquee/telemetry';
import { ask, startFakePlatform, type FakePlatform } from '../fake-platform.test-support.ts';
import { hashOf } from './document-store.ts';
import { noTrustedDocuments, parseManifest, watchTrustedDocuments } from './trusted-documents.ts';

const logger = createLogger({ service: 'gateway', level: 'silent' });
const trusted = '{ venues { name } }';
const other = '{ venues { id } }';

function manifestDirectory(documents: readonly string[]): string {
  const directory = mkdtempSync(join(tmpdir(), 'marquee-documents-'));
  const manifest = {
    client: 'web',
    version: '1.0.0',
    documents: Object.fromEntries(documents.map((source) => [hashOf(source), source])),
  };
  writeFileSync(join(directory, 'web-1.0.0.json'), JSON.stringify(manifest));
  return directory;
}

let open: FakePlatform;
let closed: FakePlatform;
let token: string;

beforeAll(async () => {
  open = await startFakePlatform();
  closed = await startFakePlatform({
    documents: { mode: 'trusted', trusted: watchTrustedDocuments(manifestDirectory([trusted]), logger) },
  });
});

afterAll(async () => {
  await Promise.all([open.stop(), closed.stop()]);
});

const persistedQuery = (sha256Hash: string, version = 1) => ({
  extensions: { persistedQuery: { version, sha256Hash } },
});
const codeOf = ({ body }: Awaited<ReturnType<typeof ask>>) => body.errors?.[0]?.extensions['code'];

describe('where any document is taken', () => {
  beforeAll(async () => {
    token = await open.issuer.sign();
  });

  test('a client persists a document by its hash and then sends the hash alone', async () => {
    const hash = hashOf(trusted);
    const unknown = await ask(open.gateway, persistedQuery(hash), { token });
    expect([unknown.status, codeOf(unknown)]).toEqual([200, 'PERSISTED_QUERY_NOT_FOUND']);
    expect(unknown.body.errors[0]?.message).toBe('PersistedQueryNotFound');
    const taught = await ask(open.gateway, { query: trusted, ...persistedQuery(hash) }, { token });
    expect(taught.body.data).toBeTruthy();
    for (const body of [persistedQuery(hash), { documentId: `sha256:${hash}` }]) {
      expect((await ask(open.gateway, body, { token })).body).toEqual(taught.body);
    }
    const parameters = new URLSearchParams({ extensions: JSON.stringify(persistedQuery(hash).extensions) });
    const got = await fetch(`${open.gateway.url}/graphql?${parameters.toString()}`, {
      headers: { authorization: `Bearer ${token}`, 'apollo-require-preflight': '1' },
    });
    expect(await got.json()).toEqual(taught.body);
  });

  test('a hash of another text, a malformed one and both names at once are refused', async () => {
    for (const body of [
      { query: trusted, ...persistedQuery(hashOf(other)) },
      persistedQuery('abc'),
      persistedQuery(hashOf(other), 2),
      { documentId: hashOf(other) },
      { documentId: `sha256:${hashOf(other)}`, query: other },
      { query: 7 },
      { query: trusted, variables: [] },
    ]) {
      const answer = await ask(open.gateway, body, { token });
      expect([answer.status, codeOf(answer)]).toEqual([400, 'BAD_REQUEST']);
    }
  });
});

describe('where only registered documents are taken', () => {
  beforeAll(async () => {
    token = await closed.issuer.sign();
  });

  test('a registered one is executed by id, by hash and by its text', async () => {
    const hash = hashOf(trusted);
    for (const body of [{ documentId: `sha256:${hash}` }, persistedQuery(hash), { query: trusted }]) {
      expect((await ask(closed.gateway, body, { token })).body.data).toEqual({
        venues: [{ name: 'Lyceum' }],
      });
    }
  });

  test('any other is refused, also one that was just sent with its hash', async () => {
    for (const body of [
      { query: other, ...persistedQuery(hashOf(other)) },
      persistedQuery(hashOf(other)),
      { documentId: `sha256:${hashOf(other)}` },
      { query: '{ __schema { queryType { name } } }' },
    ]) {
      const answer = await ask(closed.gateway, body, { token });
      expect([answer.status, codeOf(answer)]).toEqual([400, 'DOCUMENT_NOT_TRUSTED']);
    }
  });
});

test('a manifest whose hash is not that of its text, or that is none, is refused by name', () => {
  const wrong = { client: 'web', version: '1', documents: { [hashOf(other)]: trusted } };
  expect(() => parseManifest('web.json', JSON.stringify(wrong))).toThrow(/web\.json: documents\..*SHA-256/);
  expect(() => parseManifest('web.json', '{}')).toThrow('lacks `client` or `version`');
  expect(() => parseManifest('web.json', '{')).toThrow('is not JSON');
  expect(noTrustedDocuments.find(hashOf(trusted))).toBeUndefined();
});
