import { parseArgs } from 'node:util';
import { isUuid } from '@marquee/kernel';
import { parseRole, roles, type Role } from '@marquee/subgraph';
import { demoGuest, northlight, organisations, type SeedOrganisation } from '../seed/organisations.ts';
import type { TokenRequest } from './issuer.ts';

export const usage = `Prints an access token for this machine's platform, signed by its development issuer.

  npm run token -- [--role ROLE] [--organisation NAME_OR_ID] [options]

  --role ROLE            ${roles.map((role) => role.toLowerCase().replace('_', '-')).join(', ')} (organiser unless told)
  --organisation NAME    ${organisations.map(({ slug }) => slug).join(', ')}, their full names, or any uuid (${northlight.slug} unless told)
  --email E              whose it is; a guest sees the tickets of this address
  --name N               how that person is called
  --ttl HOURS            how long it is good for, up to 720 (12 unless told)
  --json                 the token with what it says, as JSON
  --help

  TOKEN=$(npm run --silent token -- --role organiser)
`;

/** What cannot be done with the command line as it is written; the message says what to write. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export type CommandLine =
  { readonly help: true } | { readonly help: false; readonly json: boolean; readonly request: TokenRequest };

function findOrganisation(wanted: string): Pick<SeedOrganisation, 'id' | 'slug'> {
  const normalised = wanted.trim().toLowerCase();
  const known = organisations.find(({ id, slug, name }) =>
    [id, slug, name.toLowerCase()].includes(normalised),
  );
  if (known) return known;
  if (isUuid(normalised)) return { id: normalised, slug: 'organisation' };
  const names = organisations.map(({ name }) => name).join(', ');
  throw new UsageError(`There is no demo organisation "${wanted}": it is one of ${names}, or a uuid.`);
}

function readOptions(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        role: { type: 'string', default: 'organiser' },
        organisation: { type: 'string', default: northlight.slug },
        email: { type: 'string' },
        name: { type: 'string' },
        ttl: { type: 'string', default: '12' },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    }).values;
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

/** Somebody who fits the role, so that a token works without naming anyone. */
function defaultPerson(role: Role, organisation: Pick<SeedOrganisation, 'id' | 'slug'>) {
  if (role === 'GUEST' && organisation.id === demoGuest.organisation.id) return demoGuest;
  const word = role.toLowerCase().replace('_', '-');
  return {
    email: `${word}@${organisation.slug}.example`,
    name: `${word[0]!.toUpperCase()}${word.slice(1).replace('-', ' ')} of ${organisation.slug}`,
  };
}

/** Parses the command line. Throws a UsageError that says what is wrong. */
export function parseCommandLine(args: readonly string[]): CommandLine {
  const values = readOptions(args);
  if (values.help) return { help: true };
  const role = parseRole(values.role);
  if (!role) throw new UsageError(`There is no role "${values.role}".`);
  const ttlHours = Number(values.ttl);
  if (!(ttlHours > 0 && ttlHours <= 720))
    throw new UsageError('--ttl must be a number of hours from above 0 to 720.');
  const organisation = findOrganisation(values.organisation);
  const person = defaultPerson(role, organisation);
  return {
    help: false,
    json: values.json,
    request: {
      role,
      organisationId: organisation.id,
      email: values.email ?? person.email,
      name: values.name ?? (values.email === undefined ? person.name : values.email),
      ttlHours,
    },
  };
}
