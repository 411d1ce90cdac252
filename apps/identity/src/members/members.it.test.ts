import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { encodeId, newUuid } from '@marquee/kernel';
import type { Viewer } from '@marquee/subgraph';
import {
  createWorld,
  givenMember,
  givenOrganisation,
  givenPerson,
  mailedToken,
  serveForTest,
  viewerOf,
  type World,
} from '../harness.test-support.ts';
import { recentRevocations } from '../sessions/revocations.ts';
import type { AskEvents } from './own-events.ts';

let world: World;
let graph: Awaited<ReturnType<typeof serveForTest>>;
/** What the events service says: the events that each organisation has. */
let answers = true;
const planned = new Map<string, string>();
beforeAll(async () => {
  world = await createWorld();
  const askEvents: AskEvents = async (organisationId, eventIds) =>
    answers ? eventIds.filter((id) => planned.get(id) === organisationId) : null;
  graph = await serveForTest({ ...world.services, askEvents });
});
beforeEach(() => {
  answers = true;
});
afterAll(async () => {
  await graph?.drain();
  await world?.drop();
});

/** An event of the organisation, as the graph names it. */
function planEvent({ organisationId }: Pick<Viewer, 'organisationId'>): string {
  const id = newUuid();
  planned.set(id, organisationId);
  return encodeId('Event', id);
}

const refusal = '__typename ... on Refusal { message } ... on InvalidInput { field }';
const create = `mutation ($input: CreateOrganisationInput!) { createOrganisation(input: $input) {
  ${refusal} ... on OrganisationCreated { organisationId } } }`;
const invite = `mutation ($input: InviteMemberInput!) { inviteMember(input: $input) {
  ${refusal} ... on MemberInvited { invitation { id email role status } } } }`;
const acceptIt = `mutation ($input: AcceptInvitationInput!) { acceptInvitation(input: $input) {
  ${refusal} ... on InvitationAccepted { organisationId } } }`;
const change = `mutation ($input: ChangeMemberInput!) { changeMember(input: $input) {
  ${refusal} ... on MemberChanged { membership { role scopes eventIds } } } }`;
const remove = `mutation ($input: RemoveMemberInput!) { removeMember(input: $input) { ${refusal} } }`;
const members = `{ organisation { name members { edges { node { id role account { email } } } } } }`;

describe('organisations', () => {
  test('are made once a key, owned by who asks, and seen by nobody else', async () => {
    const person = await givenPerson(world.services);
    const visitor = viewerOf(newUuid(), 'GUEST', person);
    const input = { idempotencyKey: newUuid(), name: 'Harbour' };
    const first = await graph.ask(visitor, create, { input });
    const again = await graph.ask(visitor, create, { input });
    expect(first.data.createOrganisation).toMatchObject({ __typename: 'OrganisationCreated' });
    expect(again.data).toEqual(first.data);
    const other = await givenOrganisation(world.services);
    const mine = await graph.ask(other.viewer, members);
    expect(mine.data.organisation.members.edges).toEqual([
      { node: { id: expect.any(String), role: 'OWNER', account: { email: other.owner.email } } },
    ]);
    const foreign = await graph.ask(
      other.viewer,
      `{ _entities(representations: [
      { __typename: "Organisation", id: "${first.data.createOrganisation.organisationId}" },
      { __typename: "Account", id: "${encodeId('Account', person.accountId)}" }]) { __typename } }`,
    );
    expect(foreign.data._entities).toEqual([null, null]);
  });

  test('a program has no account and founds nothing', async () => {
    const input = { idempotencyKey: newUuid(), name: 'Harbour' };
    const { data } = await graph.ask(viewerOf(newUuid(), 'OWNER'), create, { input });
    expect(data.createOrganisation.__typename).toBe('NotFound');
  });
});

describe('invitations', () => {
  test('make a member of who reads the mail, once, and of nobody else', async () => {
    const { viewer } = await givenOrganisation(world.services, 'Kumo');
    const person = await givenPerson(world.services);
    const eventIds = [planEvent(viewer)];
    const input = { idempotencyKey: newUuid(), email: person.email, role: 'SCANNER', eventIds };
    const invited = await graph.ask(viewer, invite, { input });
    expect(invited.data.inviteMember.invitation).toMatchObject({ role: 'SCANNER', status: 'OPEN' });
    const token = await mailedToken(world.services, person.email);

    const stranger = viewerOf(newUuid(), 'GUEST', await givenPerson(world.services));
    const stolen = await graph.ask(stranger, acceptIt, { input: { token } });
    expect(stolen.data.acceptInvitation.__typename).toBe('InvitationInvalid');

    const own = viewerOf(newUuid(), 'GUEST', person);
    const accepted = await graph.ask(own, acceptIt, { input: { token } });
    expect(accepted.data.acceptInvitation.organisationId).toBe(
      encodeId('Organisation', viewer.organisationId),
    );
    const again = await graph.ask(own, acceptIt, { input: { token } });
    expect(again.data.acceptInvitation.__typename).toBe('InvitationInvalid');
    const twice = await graph.ask(viewer, invite, { input: { ...input, idempotencyKey: newUuid() } });
    expect(twice.data.inviteMember.__typename).toBe('AlreadyMember');
  });

  test('that were revoked or are over lead nowhere', async () => {
    const { viewer } = await givenOrganisation(world.services);
    const person = await givenPerson(world.services);
    const own = viewerOf(newUuid(), 'GUEST', person);
    const send = async () => {
      const input = { idempotencyKey: newUuid(), email: person.email, role: 'FINANCE' };
      const { data } = await graph.ask(viewer, invite, { input });
      return { id: data.inviteMember.invitation.id, token: await mailedToken(world.services, person.email) };
    };
    const revoked = await send();
    const revoke = `mutation ($input: RevokeInvitationInput!) { revokeInvitation(input: $input) {
      ${refusal} ... on InvitationRevoked { invitation { status } } } }`;
    const answer = await graph.ask(viewer, revoke, { input: { invitationId: revoked.id } });
    expect(answer.data.revokeInvitation.invitation.status).toBe('REVOKED');
    const old = await send();
    await world.services.database.transaction(viewer, (tx) =>
      tx.execute(`update invitation set expires_at = now() - interval '1 s' where revoked_at is null`),
    );
    for (const { token } of [revoked, old]) {
      const { data } = await graph.ask(own, acceptIt, { input: { token } });
      expect(data.acceptInvitation.__typename).toBe('InvitationInvalid');
    }
  });

  test('give no more than the inviter has, and need the scope', async () => {
    const { viewer } = await givenOrganisation(world.services);
    const input = { idempotencyKey: newUuid(), email: 'x@example.com', role: 'OWNER' };
    const less = { ...viewer, scopes: ['members:manage', 'members:read'] };
    expect((await graph.ask(less, invite, { input })).data.inviteMember.__typename).toBe('BeyondOwnScopes');
    const organiser = viewerOf(viewer.organisationId, 'ORGANISER');
    expect((await graph.ask(organiser, invite, { input })).errors?.[0]?.extensions).toMatchObject({
      code: 'FORBIDDEN',
    });
  });
});

describe('members', () => {
  test('get other rights, down to one event, and their tokens stop', async () => {
    const { viewer, organisationId } = await givenOrganisation(world.services);
    const member = await givenMember(world.services, organisationId, { role: 'ORGANISER' });
    const eventIds = [planEvent(viewer)];
    const input = {
      membershipId: encodeId('Membership', member.membershipId),
      role: 'BOX_OFFICE',
      scopes: ['tickets:sell', 'hub:manage'],
      eventIds,
    };
    const { data } = await graph.ask(viewer, change, { input });
    // A scope that the role has not is not given by naming it.
    expect(data.changeMember.membership).toEqual({ role: 'BOX_OFFICE', scopes: ['tickets:sell'], eventIds });
    expect(await recentRevocations(world.services.database, 60)).toContainEqual(
      expect.objectContaining({ kind: 'account', subject: member.accountId, organisationId }),
    );
  });

  test('the last owner neither goes nor becomes less, a second one may', async () => {
    const { viewer, organisationId } = await givenOrganisation(world.services);
    const { data } = await graph.ask(viewer, members);
    const membershipId = data.organisation.members.edges[0].node.id;
    const demote = { input: { membershipId, role: 'FINANCE' } };
    const confine = { input: { membershipId, role: 'OWNER', eventIds: [planEvent(viewer)] } };
    for (const input of [demote, confine])
      expect((await graph.ask(viewer, change, input)).data.changeMember.__typename).toBe('LastOwner');
    const gone = await graph.ask(viewer, remove, { input: { membershipId } });
    expect(gone.data.removeMember.__typename).toBe('LastOwner');
    await givenMember(world.services, organisationId, { role: 'OWNER' });
    expect((await graph.ask(viewer, change, demote)).data.changeMember.__typename).toBe('MemberChanged');
  });

  test("of another organisation are out of an owner's reach", async () => {
    const { viewer } = await givenOrganisation(world.services);
    const other = await givenOrganisation(world.services);
    const theirs = await givenMember(world.services, other.organisationId, { role: 'SCANNER' });
    const input = { membershipId: encodeId('Membership', theirs.membershipId) };
    expect((await graph.ask(viewer, remove, { input })).data.removeMember.__typename).toBe('NotFound');
  });
});

describe('events to which somebody is confined', () => {
  const createKey = `mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) {
    ${refusal} ... on ApiKeyCreated { apiKey { eventIds } } } }`;

  /** An organisation, and each command that confines somebody or something there to these events. */
  async function given() {
    const { viewer, organisationId } = await givenOrganisation(world.services);
    const member = await givenMember(world.services, organisationId, { role: 'SCANNER' });
    const membershipId = encodeId('Membership', member.membershipId);
    const send = async (document: string, input: object, eventIds: readonly string[]) => {
      const { data } = await graph.ask(viewer, document, { input: { ...input, eventIds } });
      return Object.values(data)[0] as { readonly __typename: string };
    };
    const key = { idempotencyKey: newUuid(), name: 'door', scopes: ['tickets:scan'] };
    const guard = { idempotencyKey: newUuid(), email: `${newUuid()}@example.com`, role: 'SCANNER' };
    const commands = {
      inviteMember: (eventIds: readonly string[]) => send(invite, guard, eventIds),
      changeMember: (eventIds: readonly string[]) =>
        send(change, { membershipId, role: 'BOX_OFFICE' }, eventIds),
      createApiKey: (eventIds: readonly string[]) => send(createKey, key, eventIds),
    };
    const written = () =>
      world.services.database.read(viewer, (tx) =>
        tx.rows(`select (select count(*) from event_log) as events, (select count(*) from invitation) as invitations,
                        (select count(*) from api_key) as keys, (select count(*) from idempotency_key) as answers,
                        (select jsonb_agg(m order by m.id) from membership m) as members`),
      );
    return { viewer, commands, written };
  }

  test.each(['inviteMember', 'changeMember', 'createApiKey'] as const)(
    'of %s are the organisation’s own: one of others, or of nobody, is refused by its place, and nothing is written',
    async (name) => {
      const { viewer, commands, written } = await given();
      const [own, other] = [planEvent(viewer), planEvent({ organisationId: newUuid() })];
      const before = await written();
      for (const stranger of [other, encodeId('Event', newUuid())])
        expect(await commands[name]([own, own, stranger])).toEqual({
          __typename: 'InvalidInput',
          field: 'eventIds.2',
          message: expect.stringContaining('not an event of this organisation'),
        });
      answers = false;
      expect(await commands[name]([own])).toMatchObject({
        __typename: 'Unavailable',
        message: expect.stringContaining('try again'),
      });
      expect(await written()).toEqual(before);
      answers = true;
      // The key of what was refused is as good as new.
      expect((await commands[name]([own, own])).__typename).toMatch(
        /^(MemberInvited|MemberChanged|ApiKeyCreated)$/,
      );
      expect(await written()).not.toEqual(before);
    },
  );

  test('are given each once, and stay with who has them when they are deleted', async () => {
    const { viewer, commands } = await given();
    const [gone, kept] = [planEvent(viewer), planEvent(viewer)];
    const has = (eventIds: readonly string[]) => ({ membership: { role: 'BOX_OFFICE', eventIds } });
    expect(await commands.changeMember([gone, kept, gone])).toMatchObject(has([gone, kept]));
    const invited = await commands.inviteMember([gone]);
    planned.clear();
    expect(await commands.changeMember([gone])).toMatchObject(has([gone]));
    // It was taken away, and is no event that could be given.
    expect((await commands.changeMember([kept])).__typename).toBe('InvalidInput');
    // A command that comes again is answered as it was.
    expect(await commands.inviteMember([gone])).toEqual(invited);
    expect((await commands.createApiKey([gone])).__typename).toBe('InvalidInput');
  });
});
