import { Type, type Static, type TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import { uuid } from './schemas.ts';

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

/** All the questions there are between services. */
export const questions = {
  takenSeats: defineQuestion({
    name: 'tickets.taken-seats.v1',
    description:
      'Which of these seats of a space are held, ordered or sold for an occurrence that is still to come?',
    request: Type.Object({ spaceId: uuid, seatIds: Type.Array(uuid, { maxItems: 20_000 }) }),
    answer: Type.Object({ seatIds: Type.Array(uuid) }),
  }),
};
