import type { Role } from '@marquee/subgraph';
import { demoGuest, organisations, type SeedOrganisation } from '../seed/organisations.ts';
import { seedHub } from '../seed/hub.ts';
import { seedIdentity } from '../seed/identity.ts';
import { seed } from '../seed/seed.ts';
import { ensureKeys, issueToken } from '../token/issuer.ts';
import type { Launch } from './launch.ts';

/** A token to try the graph with. It is good for twelve hours. */
export type SampleToken = {
  readonly organisation: string;
  readonly organisationId: string;
  readonly role: Role;
  readonly email: string;
  readonly token: string;
};

const sampleRoles = ['ORGANISER', 'BOX_OFFICE', 'SCANNER', 'GUEST'] as const satisfies readonly Role[];

/** Makes the issuer's keys where there are none; the gateway verifies tokens with them. */
export async function prepareIssuer({ secrets }: Launch): Promise<void> {
  await ensureKeys(secrets.keysDirectory);
}

/** One token per demo organisation and role. */
export async function sampleTokens({ secrets }: Launch): Promise<SampleToken[]> {
  const wanted = organisations.flatMap((organisation) => sampleRoles.map((role) => ({ organisation, role })));
  return Promise.all(
    wanted.map(async ({ organisation, role }) => {
      const { email, name } = personOf(organisation, role);
      const token = await issueToken(secrets.keysDirectory, {
        role,
        organisationId: organisation.id,
        email,
        name,
      });
      return { organisation: organisation.name, organisationId: organisation.id, role, email, token };
    }),
  );
}

/** The demo organisations' data, in each database that has none of it yet. Nothing where a service is missing. */
export async function seedDemo({ databases, options, secrets }: Launch): Promise<void> {
  const { venues, events, guests, tickets, identity, hub } = databases;
  if (identity) await seedIdentity(identity.ownerUrl);
  if (hub) await seedHub(hub.ownerUrl);
  if (!venues || !events || !guests || !tickets) return;
  await seed({
    databases: {
      venues: venues.ownerUrl,
      events: events.ownerUrl,
      guests: guests.ownerUrl,
      tickets: tickets.ownerUrl,
    },
    fieldKeys: { guests: secrets.fieldKeysFile('guests'), tickets: secrets.fieldKeysFile('tickets') },
    onProgress: (text) => options.report?.({ kind: 'step', text }),
  });
}

/** The guest of Northlight has tickets; the others are made up for their role. */
function personOf(organisation: SeedOrganisation, role: Role): { email: string; name: string } {
  if (role === 'GUEST' && organisation.id === demoGuest.organisation.id) return demoGuest;
  const word = role.toLowerCase().replace('_', '-');
  return { email: `${word}@${organisation.slug}.example`, name: `${word} of ${organisation.name}` };
}
