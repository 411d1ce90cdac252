import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { encodeId, newUuid } from '@marquee/kernel';
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

let world: World;
let graph: Awaited<ReturnType<typeof serveForTest>>;
beforeAll(async () => {
  world = await createWorld();
  graph = await serveForTest(world.services);
}, 60_000);
afterAll(async () => {
  await graph?.drain();
  await world?.drop();
});

const refusal = '__typename ... on Refusal { message }';
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
    const eventId = encodeId('Event', newUuid());
    const input = { idempotencyKey: newUuid(), email: person.email, role: 'SCANNER', eventIds: [eventId] };
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
    const eventIds = [encodeId('Event', newUuid())];
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
    const confine = { input: { membershipId, role: 'OWNER', eventIds: [encodeId('Event', newUuid())] } };
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
