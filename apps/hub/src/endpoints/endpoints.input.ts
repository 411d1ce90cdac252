import { accept, andThen, invalid, type InvalidInput, type Outcome, type Unavailable } from '@marquee/kernel';
import {
  parseAll,
  parseId,
  parseIdempotencyKey,
  parseInteger,
  parseList,
  parseOptional,
  parseText,
} from '@marquee/subgraph';
import { typesOf, versionOf } from '../catalogue/event-types.ts';
import type { Services } from '../command.ts';
import { readTargetUrl } from '../guard/target-url.ts';
import { checkSelection } from '../selections/check-selection.ts';
import type { EndpointSettings } from './endpoint.ts';
import { parseFilter } from './filter.ts';

type Maybe<T> = T | null | undefined;
type Parsed<T> = Outcome<T, InvalidInput>;

/** As `CreateWebhookEndpointInput` and `UpdateWebhookEndpointInput` have it; what is left out is not there. */
export type SettingsInput = {
  readonly url?: Maybe<string>;
  readonly eventTypes?: Maybe<readonly string[]>;
  readonly selection?: Maybe<string>;
  readonly ordered?: Maybe<boolean>;
  readonly filter?: Maybe<string>;
  readonly ratePerSecond?: Maybe<number>;
  readonly pinnedVersion?: Maybe<number>;
};

export function readKey(input: { readonly idempotencyKey?: Maybe<string> }): Parsed<string | null> {
  return parseOptional(input.idempotencyKey, (key) => parseIdempotencyKey('idempotencyKey', key));
}

/**
 * The settings that an endpoint is to have: those given, and for the rest those that it has. The address and the
 * selection are judged against the world as it is now, so this may take a moment and may find nobody to ask.
 */
export async function readSettings(
  { addresses, graph }: Services,
  input: SettingsInput,
  known: EndpointSettings | null,
): Promise<Outcome<EndpointSettings, InvalidInput | Unavailable>> {
  return andThen(readPlain(input, known), async (settings) => {
    const pin = readPin(input.pinnedVersion, settings.eventTypes, known);
    if (!pin.ok) return pin;
    const url = input.url ? await readTargetUrl('url', input.url, addresses) : accept(settings.url);
    if (!url.ok) return url;
    const checked = { ...settings, url: url.value, pinnedVersion: pin.value };
    if (checked.selection === null || (!input.selection && !input.eventTypes)) return accept(checked);
    const { types } = typesOf(checked.eventTypes, checked.pinnedVersion);
    return andThen(await checkSelection('selection', checked.selection, types, graph), async () =>
      accept(checked),
    );
  });
}

function readPlain(
  input: SettingsInput,
  known: EndpointSettings | null,
): Parsed<Omit<EndpointSettings, 'pinnedVersion'>> {
  return parseAll({
    url: accept(known?.url ?? ''),
    eventTypes: input.eventTypes ? readEventTypes(input.eventTypes) : accept(known?.eventTypes ?? []),
    selection: readRemovable(input.selection, known?.selection, (text) =>
      parseText('selection', text, { max: 10_000, multiline: true }),
    ),
    filter: readRemovable(input.filter, known?.filter, (text) => parseFilter('filter', text)),
    ordered: accept(input.ordered ?? known?.ordered ?? false),
    ratePerSecond:
      input.ratePerSecond === 0 && known
        ? accept(null)
        : readRemovable(input.ratePerSecond, known?.ratePerSecond, (rate) =>
            parseInteger('ratePerSecond', rate, { min: 1, max: 1_000 }),
          ),
  });
}

/** An empty text removes; nothing at all leaves what there is. */
function readRemovable<T, U>(
  given: Maybe<T>,
  known: Maybe<U>,
  parse: (value: T) => Parsed<U>,
): Parsed<U | null> {
  if (given === '') return accept(null);
  return given === null || given === undefined ? accept(known ?? null) : parse(given);
}

function readEventTypes(patterns: readonly string[]): Parsed<readonly string[]> {
  const parsed = parseList('eventTypes', patterns, { min: 1, max: 100 }, (field, text) =>
    parseText(field, text, { max: 100 }),
  );
  if (!parsed.ok) return parsed;
  const [unknown] = typesOf(parsed.value).unknown;
  if (unknown === undefined) return accept([...new Set(parsed.value)]);
  return invalid('eventTypes', `names ${unknown}, which is no event; see the query eventTypes`);
}

function readPin(
  given: Maybe<number>,
  patterns: readonly string[],
  known: EndpointSettings | null,
): Parsed<number> {
  const newest = Math.max(...typesOf(patterns).types.map(versionOf));
  const pin = given ?? known?.pinnedVersion ?? newest;
  if (given !== null && given !== undefined) {
    const parsed = parseInteger('pinnedVersion', given, { min: 1, max: newest });
    if (!parsed.ok) return parsed;
  }
  return typesOf(patterns, pin).types.length > 0
    ? accept(pin)
    : invalid('pinnedVersion', 'is older than every event of these types');
}

export function readRotation(input: {
  readonly idempotencyKey?: Maybe<string>;
  readonly endpointId: string;
  readonly overlapHours?: Maybe<number>;
}) {
  return parseAll({
    idempotencyKey: readKey(input),
    endpointId: parseId('WebhookEndpoint', 'endpointId', input.endpointId),
    overlapHours: parseInteger('overlapHours', input.overlapHours ?? 24, { min: 0, max: 168 }),
  });
}
