import { parseRole } from '@marquee/subgraph';
import { join } from 'node:path';
import { issueToken } from '../token/issuer.ts';

export type Person = {
  /** As on the command line: `organiser`, `box-office`. */
  readonly role: 'owner' | 'organiser' | 'box-office' | 'scanner' | 'guest';
  readonly organisationId: string;
  /** Default: one person a role. */
  readonly email?: string;
  readonly name?: string;
};

export type Tokens = { token(person: Person): Promise<string> };

/** Tokens by the development issuer of a platform's home, each signed once. */
export function createTokens(home: string): Tokens {
  const issued = new Map<string, Promise<string>>();
  return {
    token: ({ role, organisationId, email = `${role}@example.com`, name = email }) => {
      const key = `${role} ${organisationId} ${email}`;
      const known = issued.get(key);
      if (known) return known;
      const fresh = issueToken(join(home, 'keys'), { role: parseRole(role)!, organisationId, email, name });
      issued.set(key, fresh);
      return fresh;
    },
  };
}
