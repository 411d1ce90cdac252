import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { encodeId, newUuid } from '@marquee/kernel';
import { aGuestOf, buySeat, scanTicket, serveGraph, type Graph } from '../graph.test-support.ts';
import { createWorld, eventTypes, newViewer, violations, type World } from '../harness.test-support.ts';
import { codeAt } from './credential.ts';
import { readPublishedKeys } from './key-ring.ts';
import { readCredential } from './read-credential.ts';

let world: World;
let graph: Graph;
beforeAll(async () => {
  world = await createWorld();
  graph = await serveGraph(world);
});
afterAll(async () => {
  await graph.stop();
  await world.drop();
});

const setPolicy = async (eventId: string, policy: string) => {
  const answer = await graph.ask(
    world.viewer,
    `mutation ($input: SetCredentialPolicyInput!) { setCredentialPolicy(input: $input) { __typename
      ... on CredentialPolicySet { event { credentialPolicy } } ... on Refusal { message } } }`,
    { input: { eventId: encodeId('Event', eventId), policy } },
  );
  return answer.data.setCredentialPolicy;
};

/** A ticket of an occurrence that begins in an hour, seen by its holder. */
async function givenTicket() {
  const viewer = aGuestOf(world);
  const { occurrence, paid } = await buySeat(graph, world, viewer);
  const soon = {
    ...occurrence,
    startsAt: new Date(Date.now() + 3_600_000),
    endsAt: new Date(Date.now() + 7_200_000),
  };
  await world.database.transaction(world.viewer, (tx) =>
    tx.execute('update occurrence set starts_at = $2, ends_at = $3 where id = $1', [
      soon.id,
      soon.startsAt,
      soon.endsAt,
    ]),
  );
  const id: string = paid.tickets[0].id;
  const show = async (by = viewer) =>
    (
      await graph.ask(
        by,
        `query ($id: ID!) { ticket(id: $id) { credential qrCode(format: PNG) { text dataUri version validUntil }
          credentialRotation { code opensAt closesAt stepSeconds steps signed seed } } }`,
        { id },
      )
    ).data.ticket;
  const scan = async (credential: string) =>
    (
      await graph.ask(world.viewer, scanTicket, {
        input: {
          occurrenceId: encodeId('Occurrence', occurrence.id),
          credential,
          nonce: newUuid(),
          scannedAt: new Date().toISOString(),
          deviceId: 'gate-1',
        },
      })
    ).data.scanTicket;
  return { occurrence, show, scan };
}

test('an event that asks for live codes refuses paper, and admits what the app shows', async () => {
  const { occurrence, show, scan } = await givenTicket();
  const printed = (await show()).credential;
  expect(printed).toMatch(/^MQ2:/);
  expect(await setPolicy(occurrence.eventId, 'ROTATING')).toMatchObject({
    event: { credentialPolicy: 'ROTATING' },
  });
  await setPolicy(occurrence.eventId, 'ROTATING');
  expect(await eventTypes(world, `credential-policy-${occurrence.eventId}`)).toEqual([
    'credential-policy-set',
  ]);
  const shown = await show();
  expect(shown.credential).toMatch(/^MQ3:/);
  expect(shown.qrCode).toMatchObject({ text: shown.credential, version: 8 });
  expect(new Date(shown.qrCode.validUntil).getTime()).toBeLessThanOrEqual(Date.now() + 30_000);
  expect(await scan(printed)).toMatchObject({ __typename: 'ScanRejected', reason: 'STALE' });
  const rotation = {
    ...shown.credentialRotation,
    opensAt: new Date(shown.credentialRotation.opensAt),
    signed: Buffer.from(shown.credentialRotation.signed, 'base64url'),
    seed: Buffer.from(shown.credentialRotation.seed, 'base64url'),
  };
  const old = codeAt(rotation, new Date(Date.now() - 120_000))!;
  expect(await scan(old)).toMatchObject({ reason: 'STALE' });
  // Made by the app from what it was given once, verified by a gate with the published keys alone.
  const code = codeAt(rotation, new Date())!;
  const { data } = await graph.ask(world.viewer, '{ ticketKeys { kty crv x kid signsFrom verifiesUntil } }');
  expect(readCredential(readPublishedKeys(data.ticketKeys), code, new Date())).toMatchObject({ fresh: true });
  expect(await scan(code)).toMatchObject({ __typename: 'ScanAccepted' });
  expect(await violations(world)).toEqual([]);
});

test('an event for paper gives no rotating codes, and one that leaves it open takes either', async () => {
  const { occurrence, show, scan } = await givenTicket();
  const { code } = (await show()).credentialRotation;
  await setPolicy(occurrence.eventId, 'STATIC');
  const shown = await show();
  expect(shown).toMatchObject({ credentialRotation: null, qrCode: { version: 6, validUntil: null } });
  expect(await scan(code)).toMatchObject({ reason: 'STALE' });
  await setPolicy(occurrence.eventId, 'ANY');
  expect(await scan(code)).toMatchObject({ __typename: 'ScanAccepted' });
  expect(await scan(shown.credential)).toMatchObject({ reason: 'ALREADY_ADMITTED' });
});

test('nobody but the holder is shown what opens the door', async () => {
  const { show } = await givenTicket();
  expect(await show(newViewer('GUEST', world.viewer.organisationId, 'eve@example.com'))).toBeNull();
  expect(await show(newViewer('ORGANISER'))).toBeNull();
});

test('the policy of an event that is not there cannot be set', async () => {
  expect(await setPolicy(newUuid(), 'STATIC')).toMatchObject({ __typename: 'NotFound' });
  world.owners.down = true;
  expect(await setPolicy(newUuid(), 'STATIC')).toMatchObject({ __typename: 'Unavailable' });
  world.owners.down = false;
});

test('the keys are published as JWKS to whoever asks the service', async () => {
  const url = graph.url.replace('/graphql', '/.well-known/ticket-keys.json');
  const answer = await fetch(url);
  expect(answer.headers.get('content-type')).toBe('application/jwk-set+json');
  const { keys } = (await answer.json()) as { keys: { kid: string; d?: string }[] };
  expect(keys).toEqual([...world.services.credentials.publicKeys()]);
  expect(keys[0]!.d).toBeUndefined();
  expect((await fetch(url, { method: 'POST' })).status).toBe(405);
});
