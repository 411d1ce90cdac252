import { generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Question } from '@marquee/contracts';
import { appendEvents, createHeadSigner, sealLog } from '@marquee/event-log';
import { encodeId, newUuid } from '@marquee/kernel';
import { answerAudit, QuestionUnavailableError, type AskedBy, type Messaging } from '@marquee/messaging';
import type { Database } from '@marquee/postgres';
import type { Viewer } from '@marquee/subgraph';
import { runWithCorrelation } from '@marquee/telemetry';
import { settledLog, testDatabase, type TestDatabase } from '@marquee/testkit';
import {
  createWorld,
  givenMember,
  givenOrganisation,
  serveForTest,
  viewerOf,
  type World,
} from '../harness.test-support.ts';
import { migrations } from '../migrations/index.ts';
import { askAuditLogs } from './audit-logs.ts';

/** Questions as they go over NATS, without NATS. */
function createBus() {
  const handlers = new Map<string, (request: unknown, by: AskedBy) => Promise<unknown>>();
  const answer = ((question: Question, handler: never) =>
    void handlers.set(question.name, handler)) as Messaging['answer'];
  const away = new Set<string>();
  const ask = (async (
    question: Question,
    request: unknown,
    { organisationId }: { organisationId: string },
  ) => {
    const service = question.name.split('.')[0]!;
    if (away.has(service))
      throw new QuestionUnavailableError(question.name, 'NO_RESPONDERS', 'nobody answers');
    const signal = new AbortController().signal;
    return handlers.get(question.name)!(request, { organisationId, asker: 'identity', signal });
  }) as Messaging['ask'];
  return { answer, ask, away };
}

const keys = new Map(['identity', 'venues'].map((log) => [log, generateKeyPairSync('ed25519').privateKey]));
const bus = createBus();
let world: World;
let venues: TestDatabase;
let graph: Awaited<ReturnType<typeof serveForTest>>;
let organisation: Awaited<ReturnType<typeof givenOrganisation>>;
let owner: Viewer;

async function seal(log: string, database: Database): Promise<void> {
  // Another test's open transaction, anywhere in the cluster, holds the end of the log back while it lasts.
  await settledLog(database);
  await sealLog(database, { signer: createHeadSigner({ log, privateKey: keys.get(log)! }) });
}

const venueId = newUuid();
const addVenue = (organisationId: string, actor: string, id: string, name: string) =>
  runWithCorrelation({ correlationId: `made-${name}`, actor }, () =>
    venues.database.transaction({ organisationId }, (tx) =>
      appendEvents(tx, {
        streamId: `venue-${id}`,
        events: [
          {
            type: 'venues.venue-created.v1',
            data: { venueId: id, name, timeZone: 'Europe/Vienna', city: 'Vienna', countryCode: 'AT' },
          },
        ],
      }),
    ),
  );

beforeAll(async () => {
  world = await createWorld(askAuditLogs(bus, ['identity', 'venues']));
  venues = await testDatabase({ name: 'venues', migrations, entities: [] });
  for (const [service, { database }] of [
    ['identity', world.db],
    ['venues', venues],
  ] as const)
    answerAudit(bus, { service, database, key: keys.get(service)!.export({ format: 'jwk' }) });
  graph = await serveForTest(world.services);
  organisation = await givenOrganisation(world.services);
  const { organisationId } = organisation;
  owner = organisation.viewer;
  await addVenue(organisationId, owner.subject, venueId, 'Arena');
  await givenMember(world.services, organisationId, { role: 'SCANNER' });
  await addVenue(organisationId, 'service:import', newUuid(), 'Barn');
  await addVenue(newUuid(), owner.subject, newUuid(), "Another's");
  await Promise.all([seal('identity', world.db.database), seal('venues', venues.database)]);
});
afterAll(async () => {
  await graph?.drain();
  await Promise.all([world?.drop(), venues?.drop()]);
});

const trail = `query ($first: Int, $after: String, $actor: String, $subjectId: ID, $type: String, $from: DateTime, $to: DateTime) {
  auditTrail(first: $first, after: $after, actor: $actor, subjectId: $subjectId, type: $type, from: $from, to: $to) {
    edges { cursor node { log index type occurredAt actor { id kind name } subject { stream id } correlationId details hash } }
    pageInfo { hasNextPage endCursor }
  }
}`;
type Node = { readonly log: string; readonly type: string; readonly [field: string]: unknown };
async function read(variables: object = {}, viewer = owner) {
  const { data, errors } = await graph.ask(viewer, trail, variables);
  if (errors) throw new Error(errors[0]!.message);
  const { edges, pageInfo } = data.auditTrail;
  return { nodes: edges.map(({ node }: { node: Node }) => node) as Node[], pageInfo };
}
const exportTrail = `mutation ($input: ExportAuditTrailInput!) {
  exportAuditTrail(input: $input) { __typename ... on AuditTrailExported { url expiresAt } ... on Refusal { message } } }`;

describe('the audit trail', () => {
  test('tells who did what in all services, the newest first', async () => {
    const { nodes, pageInfo } = await read();
    expect(pageInfo.hasNextPage).toBe(false);
    expect(nodes.map(({ type }) => type)).toEqual([
      'venues.venue-created.v1',
      'identity.member-joined.v1',
      'venues.venue-created.v1',
      'identity.member-joined.v1',
      'identity.organisation-created.v1',
    ]);
    expect(nodes[2]).toMatchObject({
      log: 'venues',
      index: 0,
      actor: { id: owner.subject, kind: 'PERSON', name: organisation.owner.email.split('@')[0] },
      subject: { stream: `venue-${venueId}`, id: encodeId('Venue', venueId) },
      correlationId: 'made-Arena',
      details: expect.stringContaining('"Arena"'),
      hash: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(nodes[0]).toMatchObject({ actor: { id: 'service:import', kind: 'SERVICE', name: null } });
  });

  test('is read page by page without a gap or a repetition, whatever is done meanwhile', async () => {
    const whole = await read();
    const met: Node[] = [];
    for (let after: string | null = null; ;) {
      const { nodes, pageInfo } = await read({ first: 2, after });
      met.push(...nodes);
      if (!pageInfo.hasNextPage) break;
      after = pageInfo.endCursor;
      await addVenue(newUuid(), owner.subject, newUuid(), 'meanwhile');
      await seal('venues', venues.database);
    }
    expect(met).toEqual(whole.nodes);
  });

  test('is filtered by actor, thing, type and time', async () => {
    const names = async (variables: object) =>
      (await read(variables)).nodes.map(({ correlationId }) => correlationId);
    expect(await names({ actor: 'service:import' })).toEqual(['made-Barn']);
    expect(await names({ subjectId: encodeId('Venue', venueId) })).toEqual(['made-Arena']);
    expect((await read({ type: 'identity.member-joined' })).nodes).toHaveLength(2);
    expect((await read({ type: 'venues' })).nodes).toHaveLength(2);
    expect((await read({ type: 'venues.venue' })).nodes).toEqual([]);
    const [, , arena] = (await read()).nodes;
    const since = { from: arena!['occurredAt'], type: 'venues' };
    expect(await names(since)).toEqual(['made-Barn', 'made-Arena']);
    expect(await names({ to: arena!['occurredAt'], type: 'venues' })).toEqual([]);
    await expect(read({ subjectId: 'everything' })).rejects.toThrow('subjectId is not the id of a thing');
  });

  test('is for owners, of their own organisation', async () => {
    const { organisationId } = organisation;
    const refused = await graph.ask(viewerOf(organisationId, 'ORGANISER'), trail, {});
    expect(refused.errors![0]!.extensions['code']).toBe('FORBIDDEN');
    expect((await read({}, viewerOf(newUuid(), 'OWNER'))).nodes).toEqual([]);
  });

  test('is not told with a hole in it: a service that does not answer fails it', async () => {
    bus.away.add('venues');
    try {
      const { errors } = await graph.ask(owner, trail, {});
      expect(errors![0]!.extensions['code']).toBe('SUBGRAPH_UNAVAILABLE');
      expect((await fetch(`${graph.url}/audit/keys`)).status).toBe(503);
    } finally {
      bus.away.clear();
    }
  });

  test('is exported by a link that is good by itself for a while, and the export is a deed too', async () => {
    const { data } = await graph.ask(owner, exportTrail, { input: { format: 'JSON_LINES' } });
    const link = new URL(data.exportAuditTrail.url);
    const answer = await fetch(`${graph.url}${link.pathname}${link.search}`);
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename="audit.jsonl"');
    const records = (await answer.text())
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(records.map(({ record }) => record)).toEqual([
      ...['export', 'log', 'entry', 'entry', 'entry', 'log', 'entry', 'entry', 'end'],
    ]);
    // Not the last of all: some of its bits say nothing.
    const forged = link.search.replace(/.(?=..$)/, (letter) => (letter === 'A' ? 'B' : 'A'));
    expect((await fetch(`${graph.url}/audit/export${forged}`)).status).toBe(404);
    await seal('identity', world.db.database);
    expect((await read({ type: 'identity.audit-trail-exported' })).nodes).toHaveLength(1);
  });

  test('is sealed by keys that anyone may have', async () => {
    const { keys: published } = (await (await fetch(`${graph.url}/audit/keys`)).json()) as { keys: object[] };
    expect(published).toEqual([
      { log: 'identity', kty: 'OKP', crv: 'Ed25519', x: expect.any(String) },
      { log: 'venues', kty: 'OKP', crv: 'Ed25519', x: expect.any(String) },
    ]);
  });
});
