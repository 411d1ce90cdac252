import {
  assertValidEvent,
  personalDataOf,
  type AnswerOf,
  type DomainEvent,
  type Question,
} from '@marquee/contracts';
import { isWithheld, readEvents, type FieldEncryption } from '@marquee/event-log';
import type { Database } from '@marquee/postgres';
import type { AskedBy } from './questions/answerer.ts';
import type { AskOptions } from './questions/asker.ts';
import { sourceOf } from './topology.ts';

/** Of these events, those whose personal data was withheld as they are; the others stay. */
export type Reveal = (events: readonly DomainEvent[]) => Promise<DomainEvent[]>;

export const revealNothing: Reveal = async (events) => [...events];

type PersonalQuestion = ReturnType<typeof personalDataOf>;
type Answer = AnswerOf<PersonalQuestion>;
type Ask = (
  question: PersonalQuestion,
  request: { eventIds: string[] },
  options: AskOptions,
) => Promise<Answer>;

const idsAtOnce = 100;
const timeoutMs = 5_000;

/**
 * Asks the service of each event. A service that does not answer is waited for, like any other that a handler needs.
 * What it does not know (its log is of an older state) stays withheld.
 */
export function revealBy(ask: Ask): Reveal {
  return async (events) => {
    const withheld = events.filter(isWithheld);
    if (withheld.length === 0) return [...events];
    const found = new Map<string, unknown>();
    const groups = Map.groupBy(withheld, ({ type, organisationId }) => `${sourceOf(type)} ${organisationId}`);
    for (const own of groups.values()) {
      const { organisationId } = own[0]!;
      const service = sourceOf(own[0]!.type);
      for (let from = 0; from < own.length; from += idsAtOnce) {
        const eventIds = own.slice(from, from + idsAtOnce).map(({ id }) => id);
        const answer = await ask(personalDataOf(service), { eventIds }, { organisationId, timeoutMs });
        for (const { id, data } of answer.events) found.set(id, data);
      }
    }
    return events.map((event) => {
      if (!found.has(event.id)) return event;
      const revealed = { ...event, data: found.get(event.id) } as DomainEvent;
      assertValidEvent(revealed);
      return revealed;
    });
  };
}

/** What of the log's personal data is in the hands of others. */
export type PersonalOptions = {
  /** Of the service's own log, by which it deciphers. */
  readonly encryption: FieldEncryption;
  /** The services that are told. */
  readonly readers: readonly string[];
};

/** Answers the question of `revealBy` from the service's own log; to who is no reader it knows no such event. */
export function tellPersonal(
  service: string,
  database: Database,
  { encryption, readers }: PersonalOptions,
): { readonly question: Question; readonly handler: (request: unknown, by: AskedBy) => Promise<Answer> } {
  const handler = async (request: unknown, { organisationId, asker }: AskedBy): Promise<Answer> => {
    if (asker !== service && !readers.includes(asker)) return { events: [] };
    const { eventIds } = request as { eventIds: string[] };
    const events = await database.read({ organisationId }, (tx) =>
      readEvents(tx, eventIds, { interceptors: [encryption.within(tx).read] }),
    );
    return { events: events.map(({ id, data }) => ({ id, data })) };
  };
  return { question: personalDataOf(service), handler };
}
