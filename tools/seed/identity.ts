import { hash } from '@node-rs/argon2';
import type { Role } from '@marquee/subgraph';
import { parseId } from '@marquee/kernel';
import { subjectOf } from '../token/issuer.ts';
import { keyEvents, keyRows } from './keys.ts';
import { instant, type LogEntry, type NumberedEntry } from './log.ts';
import { organisations, type SeedOrganisation } from './organisations.ts';
import { connectOwner, readMarker, writeService } from './write.ts';

/** The password of every demo account: this machine's demo data guards nothing. */
export const demoPassword = 'northlight harbour kumo';

const roles = ['OWNER', 'ORGANISER', 'FINANCE', 'BOX_OFFICE', 'SCANNER'] as const satisfies readonly Role[];

type DemoMember = {
  readonly organisation: SeedOrganisation;
  readonly role: Role;
  readonly email: string;
  readonly accountId: string;
  readonly membershipId: string;
};

/** The members whom development tokens name: the same e-mail address gives the same account. */
export function demoMembers(): DemoMember[] {
  return organisations.flatMap((organisation, place) =>
    roles.map((role, index) => {
      const email = `${role.toLowerCase().replace('_', '-')}@${organisation.slug}.example`;
      const accountId = parseId(subjectOf(organisation.id, email))!.uuid;
      const membershipId = `01980000-0000-7000-8000-0000000a${String(place)}00${String(index)}`;
      return { organisation, role, email, accountId, membershipId };
    }),
  );
}

/** Fills identity with the demo organisations and their members, unless it was filled before. */
export async function seedIdentity(ownerUrl: string): Promise<number> {
  const client = await connectOwner(ownerUrl);
  try {
    if (await readMarker(client)) return 0;
    const startDay = new Date().toISOString().slice(0, 10);
    const atMs = Date.parse(`${startDay}T00:00:00Z`) - 400 * 86_400_000;
    const members = demoMembers();
    const count = await writeService(client, { seed: 'marquee', startDay }, await rowsOf(members, atMs), [
      ...organisations.map((organisation, place) => organisationEvent(organisation, atMs, place)),
      ...members.map((member, place) => memberEvent(member, atMs, place)),
      ...keyEvents(atMs),
    ]);
    await client.query('commit');
    return count;
  } finally {
    await client.end();
  }
}

async function rowsOf(members: readonly DemoMember[], atMs: number) {
  const password = await hash(demoPassword);
  return [
    {
      table: 'account',
      rows: members.map(({ accountId, email, role, organisation }) => ({
        id: accountId,
        email,
        name: `${role.toLowerCase().replace('_', ' ')} of ${organisation.name}`,
        email_verified_at: instant(atMs),
        password_hash: password,
        created_at: instant(atMs),
      })),
    },
    {
      table: 'organisation',
      rows: organisations.map(({ id, name }) => ({
        organisation_id: id,
        name,
        second_factor_roles: [],
        created_at: instant(atMs),
        updated_at: instant(atMs),
      })),
    },
    {
      table: 'membership',
      rows: members.map(({ organisation, membershipId, accountId, role }) => ({
        organisation_id: organisation.id,
        id: membershipId,
        account_id: accountId,
        role,
        joined_at: instant(atMs),
      })),
    },
    ...keyRows(atMs),
  ];
}

function entry(
  event: Pick<LogEntry, 'type' | 'data'>,
  organisationId: string,
  streamId: string,
  atMs: number,
  id: string,
): NumberedEntry {
  const base = { organisationId, streamId, atMs, actor: 'demo-owner', correlationId: organisationId };
  return { ...event, ...base, id, version: 1 } as NumberedEntry;
}

function organisationEvent({ id, name }: SeedOrganisation, atMs: number, place: number): NumberedEntry {
  const eventId = `01980000-0000-7000-8000-0000000b000${String(place)}`;
  const event = { type: 'identity.organisation-created.v1', data: { name } } as const;
  return entry(event, id, `organisation-${id}`, atMs, eventId);
}

function memberEvent(member: DemoMember, atMs: number, place: number): NumberedEntry {
  const { organisation, membershipId, accountId, role } = member;
  const eventId = `01980000-0000-7000-8000-0000000c00${String(place).padStart(2, '0')}`;
  const data = { membershipId, accountId, role, scopes: null, eventIds: null, invitationId: null };
  const event = { type: 'identity.member-joined.v1', data } as const;
  return entry(event, organisation.id, `membership-${membershipId}`, atMs, eventId);
}
