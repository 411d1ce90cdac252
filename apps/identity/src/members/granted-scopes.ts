import { scopesAtEvents, scopesOf } from '@marquee/subgraph';
import { scopesWithin, type Rights } from './membership.ts';

/** What somebody with these rights may do: of what its role may, what was given, and can be done where it is confined to. */
export function grantedScopes(rights: Rights): readonly string[] {
  const scopes = scopesWithin(rights, scopesOf(rights.role));
  return rights.eventIds === null ? scopes : scopesAtEvents(scopes);
}
