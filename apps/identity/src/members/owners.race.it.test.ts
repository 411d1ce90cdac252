import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { times } from '@marquee/testkit';
import {
  createWorld,
  givenMember,
  givenOrganisation,
  interfere,
  mailedToken,
  givenPerson,
  type World,
} from '../harness.test-support.ts';
import { acceptInvitation, inviteMember } from '../invitations/invite-member.ts';
import { changeMember } from './change-member.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world?.drop());

/** Two owners make each other less at the same time; how many owners are left. */
async function demoteEachOther(guarded: boolean): Promise<number> {
  const { services } = world;
  const { viewer, organisationId } = await givenOrganisation(services);
  const second = await givenMember(services, organisationId, { role: 'OWNER' });
  const [first] = await services.database.read(viewer, (tx) =>
    tx.rows<{ id: string }>('select id from membership where id <> $1', [second.membershipId]),
  );
  const database = interfere(services.database, {
    // Guarded, the second waits for the first before it gets here: they meet before the lock.
    before: guarded ? 'from organisation for update' : 'update membership set role',
    parties: 2,
    instead: guarded ? [] : [['from organisation for update', 'from organisation']],
  });
  const rights = { role: 'SCANNER', scopes: null, eventIds: null } as const;
  await Promise.all([
    changeMember(
      { ...services, database, viewer: second.viewer, idempotencyKey: null },
      { membershipId: first!.id, rights },
    ),
    changeMember(
      { ...services, database, viewer, idempotencyKey: null },
      { membershipId: second.membershipId, rights },
    ),
  ]);
  const owners = await services.database.read(viewer, (tx) =>
    tx.rows(`select from membership where role = 'OWNER'`),
  );
  return owners.length;
}

test('of two owners who demote each other at once, one stays', async () => {
  for (let round = 0; round < times({ test: 5, soak: 300 }); round++)
    expect(await demoteEachOther(true)).toBe(1);
});

test('without the lock on the organisation none would stay', async () => {
  expect(await demoteEachOther(false)).toBe(0);
});

/** An invitation is accepted twice at once; what each was told. */
async function acceptTwice(): Promise<string[]> {
  const { services } = world;
  const { viewer } = await givenOrganisation(services);
  const { accountId, email } = await givenPerson(services);
  const rights = { role: 'SCANNER', scopes: null, eventIds: null } as const;
  await inviteMember({ ...services, viewer, idempotencyKey: null }, { email, rights });
  const token = await mailedToken(services, email);
  const database = interfere(services.database, { before: 'from invitation where digest', parties: 2 });
  const outcomes = await Promise.all(
    [1, 2].map(() => acceptInvitation({ ...services, database }, { accountId, token })),
  );
  return outcomes.map((outcome) => (outcome.ok ? 'accepted' : outcome.refusal.kind)).toSorted();
}

test('an invitation that is accepted twice at once makes one member', async () => {
  for (let round = 0; round < times({ test: 3, soak: 300 }); round++)
    expect(await acceptTwice()).toEqual(['InvitationInvalid', 'accepted']);
});
