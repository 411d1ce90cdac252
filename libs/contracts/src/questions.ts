import { Type, type Static, type TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import { count, instant, nullable, text, uuid } from './schemas.ts';

/**
 * What one service asks another, and gets answered at once: a read, never a command. Its name is
 * `service.what-is-asked.vN`, the service the one that answers. One definition gives both sides their types and both
 * the validator. As with events, a version never changes in a way that breaks the other side.
 */
export type Question<Request = unknown, Answer = unknown> = Schemas<TSchema, TSchema> & {
  /** For the compiler alone, there is no value: worked out of the schemas at every mention it took it half a minute. */
  readonly types?: { readonly request: Request; readonly answer: Answer };
};

type Schemas<Asked extends TSchema, Answered extends TSchema> = {
  readonly name: string;
  /** In a sentence, for the catalogue. */
  readonly description: string;
  readonly request: Asked;
  readonly answer: Answered;
};

type TypesOf<Q extends Question> = NonNullable<Q['types']>;
/** What the asking side hands over. */
export type RequestOf<Q extends Question> = TypesOf<Q>['request'];
/** What the answering side gives back. */
export type AnswerOf<Q extends Question> = TypesOf<Q>['answer'];

/** A place that does not fit, as a JSON Pointer (`/seatIds/0`), and why. */
export type QuestionFault = { readonly path: string; readonly message: string };

/** Refuses a name that is not `service.what-is-asked.vN`. */
export function defineQuestion<Asked extends TSchema, Answered extends TSchema>(
  question: Schemas<Asked, Answered>,
): Question<Static<Asked>, Static<Answered>> {
  if (!/^[a-z][a-z0-9]*\.[a-z][a-z0-9]*(-[a-z0-9]+)*\.v[1-9]\d*$/.test(question.name)) {
    throw new Error(`not a question's name: ${question.name}`);
  }
  return question;
}

const validators = new WeakMap<TSchema, ReturnType<typeof Compile>>();

/** What of a request or an answer does not fit its schema, ten places at most; empty where all does. */
export function faultsOf(schema: TSchema, value: unknown): QuestionFault[] {
  const known = validators.get(schema) ?? Compile(schema);
  validators.set(schema, known);
  if (known.Check(value)) return [];
  return known
    .Errors(value)
    .slice(0, 10)
    .map(({ instancePath, message }) => ({ path: instancePath, message }));
}

/** In words, for a message; null where there are none. */
export function faultText(faults: readonly QuestionFault[]): string | null {
  return faults.map(({ path, message }) => `${path || '/'} ${message}`).join('; ') || null;
}

const eventIds = Type.Object({ eventIds: Type.Array(uuid, { minItems: 1, maxItems: 100 }) });
const contents = Type.Object({
  events: Type.Array(Type.Object({ id: uuid, data: Type.Unknown() }), { maxItems: 100 }),
});

/**
 * What every service that enciphers its log is asked by the readers it allows: the data of events whose personal fields
 * its relay withheld, as newest version of their types. What was erased since reads as erased.
 */
export function personalDataOf(service: string) {
  return defineQuestion({
    name: `${service}.personal-data.v1`,
    description: 'What is personal in these events of yours?',
    request: eventIds,
    answer: contents,
  });
}

const sealedEvent = Type.Object({
  index: count,
  hash: text(64),
  event: Type.Object({
    id: uuid,
    streamId: Type.String(),
    version: count,
    organisationId: uuid,
    type: Type.String(),
    /** As stored: what is enciphered stays so, or its hash would be another. */
    data: Type.Unknown(),
    occurredAt: instant,
    correlationId: Type.String(),
    actor: Type.String(),
    traceparent: Type.Optional(Type.String()),
  }),
});
const head = Type.Object({
  log: Type.String(),
  organisationId: uuid,
  size: count,
  root: Type.String(),
  signedAt: instant,
  keyId: Type.String(),
  signature: Type.String(),
});

/** What identity asks every service with a log of its own, for the organisation's owners: who did what. */
export function auditQuestionsOf(service: string) {
  return {
    /** What was sealed, the newest first. */
    trail: defineQuestion({
      name: `${service}.audit-trail.v1`,
      description: 'What did your log seal of this organisation, the newest first?',
      request: Type.Object({
        before: nullable(count),
        limit: Type.Integer({ minimum: 1, maximum: 101 }),
        actor: nullable(text(200)),
        type: nullable(text(200)),
        streamIds: nullable(Type.Array(text(200), { maxItems: 20 })),
        from: nullable(instant),
        to: nullable(instant),
      }),
      answer: Type.Object({ entries: Type.Array(sealedEvent), size: count, next: nullable(count) }),
    }),
    /** Where an export begins and ends. */
    seals: defineQuestion({
      name: `${service}.log-seals.v1`,
      description: 'By which key is your log sealed, up to where, and where does it begin since then?',
      request: Type.Object({ since: nullable(instant) }),
      answer: Type.Object({
        /** As a JWK; null where the log is sealed without signatures. */
        publicKey: nullable(Type.Record(Type.String(), Type.String())),
        /** Null where nothing was signed yet. */
        head: nullable(head),
        start: Type.Object({ index: count, previous: nullable(text(64)), roots: Type.Array(text(64)) }),
      }),
    }),
    /** Its entries, in their order; fewer than asked for where they are long. */
    sealed: defineQuestion({
      name: `${service}.sealed-events.v1`,
      description: 'Which events did your log seal from here to there?',
      request: Type.Object({ from: count, to: count }),
      answer: Type.Object({ entries: Type.Array(sealedEvent) }),
    }),
  };
}

const sums = Type.Array(
  Type.Object({ currency: text(3), orders: count, paidMinor: text(20), refundedMinor: text(20) }),
);
const erasureReport = Type.Object({
  erasedAt: instant,
  erased: Type.Array(Type.Object({ what: text(200), count })),
  /** What stays, and why it has to. */
  kept: Type.Array(Type.Object({ what: text(200), count, because: text(500) })),
  /** What was sold to the person, before and after; null where nothing is sold. */
  ledger: nullable(Type.Object({ before: sums, after: sums })),
});

/** What was sold, by currency. */
export type Sums = Static<typeof sums>;

/** What went and what stays where a person was erased. */
export type ErasureReport = Static<typeof erasureReport>;

/** What guests asks every service that keeps copies of what is personal: what of a person it has, and what is gone. */
export function privacyQuestionsOf(service: string) {
  const request = Type.Object({ guestId: uuid });
  return {
    erasure: defineQuestion({
      name: `${service}.erasure.v1`,
      description: 'What of this person did you erase?',
      request,
      answer: Type.Object({ report: nullable(erasureReport) }),
    }),
    personal: defineQuestion({
      name: `${service}.personal-copy.v1`,
      description: 'What do you have of this person?',
      request,
      answer: Type.Object({ data: Type.Record(Type.String(), Type.Unknown()) }),
    }),
  };
}

const removalReport = Type.Object({
  erasedAt: instant,
  /** How many, by table. */
  rows: Type.Record(Type.String(), count),
});

/** What went where an organisation was removed. */
export type RemovalReport = Static<typeof removalReport>;

/** What identity asks every service with a database, where an organisation is removed. */
export function removalQuestionsOf(service: string) {
  const cursor = nullable(
    Type.Object({ table: text(100), key: Type.Array(Type.String(), { maxItems: 20 }) }),
  );
  return {
    /** A page of all its rows; those after the cursor of the page before. */
    copy: defineQuestion({
      name: `${service}.organisation-copy.v1`,
      description: 'What do you have of this organisation, after this?',
      request: Type.Object({ after: cursor }),
      answer: Type.Object({
        table: nullable(text(100)),
        /** Each as JSON. */
        rows: Type.Array(Type.String(), { maxItems: 1_000 }),
        next: cursor,
      }),
    }),
    erasure: defineQuestion({
      name: `${service}.organisation-erasure.v1`,
      description: 'What did you erase of this organisation, which was removed?',
      request: Type.Object({ removalId: uuid }),
      answer: Type.Object({ report: nullable(removalReport) }),
    }),
    /** Asked of services with a stream of their own, once the last service has erased its rows. */
    forgetting: defineQuestion({
      name: `${service}.organisation-forgetting.v1`,
      description: "Nobody needs this organisation's events any more. When had your stream forgotten them?",
      request: Type.Object({ removalId: uuid }),
      answer: Type.Object({ forgottenAt: nullable(instant) }),
    }),
  };
}

const pluginNames = Type.Array(Type.Object({ name: text(64), title: text(100) }), { maxItems: 100 });

/** All the questions there are between services. */
export const questions = {
  takenSeats: defineQuestion({
    name: 'tickets.taken-seats.v1',
    description:
      'Which of these seats of a space are held, ordered or sold for an occurrence that is still to come?',
    request: Type.Object({ spaceId: uuid, seatIds: Type.Array(uuid, { maxItems: 20_000 }) }),
    answer: Type.Object({ seatIds: Type.Array(uuid) }),
  }),
  knownEvents: defineQuestion({
    name: 'events.known-events.v1',
    description: 'Which of these events has this organisation? Drafts too; what was deleted is left out.',
    request: Type.Object({ eventIds: Type.Array(uuid, { minItems: 1, maxItems: 100 }) }),
    answer: Type.Object({ eventIds: Type.Array(uuid, { maxItems: 100 }) }),
  }),
  organisationBusiness: defineQuestion({
    name: 'tickets.organisation-business.v1',
    description: 'What of the business of this organisation is not over, and what did it ever sell?',
    request: Type.Object({}),
    answer: Type.Object({ onSale: count, openPayments: count, openRefunds: count, ledger: sums }),
  }),
  organisationDues: defineQuestion({
    name: 'hub.organisation-dues.v1',
    description: 'What does this organisation owe the platform?',
    request: Type.Object({}),
    answer: Type.Object({
      dues: Type.Array(Type.Object({ currency: text(3), invoices: count, amountMinor: text(20) })),
    }),
  }),
  guestAddresses: defineQuestion({
    name: 'guests.addresses.v1',
    description: 'Where are these guests to be written to? Who was erased or deleted is left out.',
    request: Type.Object({ guestIds: Type.Array(uuid, { minItems: 1, maxItems: 100 }) }),
    answer: Type.Object({
      guests: Type.Array(Type.Object({ guestId: uuid, email: text(254), name: text(200) }), {
        maxItems: 100,
      }),
    }),
  }),
  runHook: defineQuestion({
    name: 'hub.run-hook.v1',
    description: 'What do the plugins of this organisation say at this place (see `hookPoints`)?',
    request: Type.Object({ point: text(50), input: Type.Unknown() }),
    answer: Type.Object({
      /** In the sequence in which they were installed; of those that answered. Each fits the place. */
      outputs: Type.Array(Type.Unknown(), { maxItems: 100 }),
      /** Whose they are, one for each. */
      from: Type.Optional(pluginNames),
      /** Those that did not answer. */
      silent: Type.Optional(pluginNames),
      /** One of them without which nothing may go on. */
      missing: nullable(text(100)),
    }),
  }),
  pluginKey: defineQuestion({
    name: 'hub.plugin-key.v1',
    description: 'Which API key is this plugin to have, if any? For identity alone, which makes it.',
    request: Type.Object({ pluginId: uuid }),
    answer: Type.Object({
      key: nullable(
        Type.Object({
          apiKeyId: uuid,
          key: text(100),
          title: text(100),
          scopes: Type.Array(text(100), { maxItems: 100 }),
          role: text(20),
          eventIds: nullable(Type.Array(uuid, { maxItems: 100 })),
        }),
      ),
    }),
  }),
  planStandings: defineQuestion({
    name: 'hub.plan-standings.v1',
    description: 'What have these organisations left of the requests that their plans allow in this period?',
    request: Type.Object({ organisationIds: Type.Array(uuid, { maxItems: 500 }) }),
    answer: Type.Object({
      standings: Type.Array(
        Type.Object({
          organisationId: uuid,
          plan: text(50),
          requestLimit: nullable(count),
          remaining: nullable(count),
          resetsAt: instant,
          /** An overdue invoice has put the cheapest plan in the place of the organisation's own. */
          restricted: Type.Optional(Type.Boolean()),
        }),
      ),
    }),
  }),
};
