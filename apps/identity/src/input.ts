import { accept, type InvalidInput, type Outcome } from '@marquee/kernel';
import { parseId, parseIdempotencyKey, parseOptional } from '@marquee/subgraph';

type Parsed<T> = Outcome<T, InvalidInput>;
type Maybe<T> = T | null | undefined;

export function readKey(input: { readonly idempotencyKey?: Maybe<string> }): Parsed<string | null> {
  return parseOptional(input.idempotencyKey, (key) => parseIdempotencyKey('idempotencyKey', key));
}

/** Bare uuids of events, in the places where they were given; null where none are. Whose they are, `ownEvents` asks. */
export function readEventIds(eventIds: Maybe<readonly string[]>): Parsed<readonly string[] | null> {
  if (!eventIds) return accept(null);
  if (eventIds.length === 0 || eventIds.length > 100)
    return {
      ok: false,
      refusal: { kind: 'InvalidInput', field: 'eventIds', message: 'must be 1 to 100 ids' },
    };
  const ids: string[] = [];
  for (const [index, id] of eventIds.entries()) {
    const parsed = parseId('Event', `eventIds.${index}`, id);
    if (!parsed.ok) return parsed;
    ids.push(parsed.value);
  }
  return accept(ids);
}

/** Scopes such as `tickets:scan`, each once; null where none are given. */
export function readScopes(scopes: Maybe<readonly string[]>): Parsed<readonly string[] | null> {
  if (!scopes) return accept(null);
  const bad = scopes.find((scope) => !/^[a-z]{1,30}:[a-z]{1,30}$/.test(scope));
  if (bad !== undefined || scopes.length > 100) {
    const message = 'must be at most 100 scopes such as tickets:scan';
    return { ok: false, refusal: { kind: 'InvalidInput', field: 'scopes', message } };
  }
  return accept([...new Set(scopes)]);
}
