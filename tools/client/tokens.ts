import { parseRole } from '@marquee/subgraph';
import { join } from 'node:path';
import { issueToken } from '../token/issuer.ts';

export type Person = {
  /** As on the command line: `organiser`, `box-office`. */
  readonly role: 'owner' | 'organiser' | 'finance' | 'box-office' | 'scanner' | 'guest';
  readonly organisationId: string;
  /** Default: one person a role. */
  readonly email?: string;
  readonly name?: string;
  /** The session (wire id) that the token stands on. */
  readonly sessionId?: string;
};

export type Tokens = { token(person: Person): Promise<string> };

/** Tokens by the development issuer of a platform's home, each signed once. */
export function createTokens(home: string): Tokens {
  const issued = new Map<string, Promise<string>>();
  return {
    token: ({ role, organisationId, email = `${role}@example.com`, name = email, sessionId }) => {
      const key = [role, organisationId, email, sessionId].join(' ');
      const known = issued.get(key);
      if (known) return known;
      const person = { role: parseRole(role)!, organisationId, email, name, ...(sessionId && { sessionId }) };
      const fresh = issueToken(join(home, 'keys'), person);
      issued.set(key, fresh);
      return fresh;
    },
  };
}
