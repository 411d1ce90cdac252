import { appendEvents, streamId } from '@marquee/event-log';
import {
  accept,
  assert,
  newUuid,
  notFound,
  refuse,
  type InvalidInput,
  type NotFound,
  type Outcome,
} from '@marquee/kernel';
import type { Transaction } from '@marquee/postgres';
import type { Viewer } from '@marquee/subgraph';
import { mayActOnOrder } from '../access.ts';
import { lockOrder } from '../orders/order-rows.ts';
import type { ExchangeRequest } from '../exchange/exchange-ticket.ts';
import type { Exchangeable } from '../exchange/exchanged-ticket.ts';
import { findTicketTypes } from '../inventory/availability-rows.ts';
import type { Order } from '../orders/order.ts';
import { areTicketTypes } from '../pricing/save-rules.ts';
import type { Services } from '../services.ts';
import { judgeAnswered, readAnswers, type Answer, type GivenAnswer, type Question } from './question.ts';
import {
  findAnswersOfOrders,
  findAnswersOfTickets,
  findLinesToAnswer,
  findQuestions,
  findQuestionsOfEvents,
  keepAnswers,
} from './question-rows.ts';

/** Makes a question, or changes one. Its kind stays what it is: answers to it were given as such. */
export async function saveQuestion(
  services: Services,
  viewer: Viewer,
  { id, ...wanted }: Omit<Question, 'id'> & { readonly id: string | null },
): Promise<Outcome<Question, InvalidInput | NotFound>> {
  return services.database.decide<Question, InvalidInput | NotFound>(viewer, async (tx) => {
    const [known] = id === null ? [] : await findQuestions(tx, [id]);
    if (id !== null && (known?.eventId !== wanted.eventId || known.kind !== wanted.kind))
      return notFound('The question of this event and kind');
    if (!(await areTicketTypes(tx, wanted.ticketTypeIds ?? []))) return notFound('The ticket type');
    const question: Question = { ...wanted, id: id ?? newUuid() };
    const { eventId, ticketTypeIds, label, kind, choices, required, active } = question;
    await tx.execute(
      `insert into question (organisation_id, id, event_id, ticket_type_ids, label, kind, choices, required, active)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
       on conflict (organisation_id, id) do update set ticket_type_ids = $4, label = $5, choices = $7, required = $8,
         active = $9`,
      [tx.organisationId, question.id, eventId, ticketTypeIds, label, kind, choices, required, active],
    );
    await appendEvents(tx, {
      streamId: streamId('question', question.id),
      events: [
        {
          type: 'tickets.question-saved.v1',
          data: { questionId: question.id, eventId, label, kind, required, active },
        },
      ],
    });
    tx.afterCommit(services.wake);
    return accept(question);
  });
}

/** Keeps what was answered with a new order; all that is required must be, unless it is to be answered later. */
export async function answerNewOrder(
  tx: Transaction,
  orderId: string,
  given: readonly GivenAnswer[],
  { allNow }: { readonly allNow: boolean },
): Promise<Outcome<true, InvalidInput>> {
  const lines = await findLinesToAnswer(tx, orderId);
  const questions = await findQuestionsOfEvents(tx, [...new Set(lines.map(({ eventId }) => eventId))]);
  if (questions.length === 0 && given.length === 0) return accept(true);
  const answers = readAnswers(given, lines, questions);
  if (!answers.ok) return answers;
  const complete = allNow ? judgeAnswered(answers.value, lines, questions) : accept(true as const);
  if (!complete.ok) return complete;
  await keepAnswers(tx, orderId, answers.value);
  return accept(true);
}

/**
 * What the holder of a ticket says for another type that it is to become one of: all that is required there, where it
 * was not said for the ticket already. Answers it as for the first place of a line, for the caller to put in its place.
 */
export async function answerForExchange(
  tx: Transaction,
  { holder: { ticket }, held: { line } }: Exchangeable,
  { ticketTypeId, answers: given = [] }: Pick<ExchangeRequest, 'ticketTypeId' | 'answers'>,
): Promise<Outcome<readonly Answer[], InvalidInput>> {
  const [type] = await findTicketTypes(tx, [ticketTypeId]);
  assert(type, 'a place of the type was judged');
  const questions = await findQuestionsOfEvents(tx, [type.eventId]);
  const place = 0;
  const asked = { lineId: line.id, holdId: '', ticketTypeId, eventId: type.eventId, quantity: 1 };
  const named = given.map((each) => ({ ...each, holdId: null, ticketTypeId, place }));
  const answers = readAnswers(named, [asked], questions);
  if (!answers.ok) return answers;
  const before = (await findAnswersOfTickets(tx, [ticket.id])).map((each) => ({ ...each, place }));
  const complete = judgeAnswered([...before, ...answers.value], [asked], questions);
  return complete.ok ? answers : complete;
}

/** Whether a draft answers all that is required. */
export async function judgeOrderAnswered(
  tx: Transaction,
  orderId: string,
): Promise<Outcome<true, InvalidInput>> {
  const lines = await findLinesToAnswer(tx, orderId);
  const questions = await findQuestionsOfEvents(tx, [...new Set(lines.map(({ eventId }) => eventId))]);
  return questions.length === 0
    ? accept(true)
    : judgeAnswered(await findAnswersOfOrders(tx, [orderId]), lines, questions);
}

export type TooLateToAnswer = { readonly kind: 'TooLateToAnswer'; readonly message: string };

/** Answers, or answers anew, until the occurrence starts. */
export async function answerQuestions(
  services: Services,
  viewer: Viewer,
  { orderId, given }: { readonly orderId: string; readonly given: readonly GivenAnswer[] },
): Promise<Outcome<Order, TooLateToAnswer | InvalidInput | NotFound>> {
  return services.database.decide<Order, TooLateToAnswer | InvalidInput | NotFound>(viewer, async (tx) => {
    const found = await lockOrder(tx, orderId);
    if (!found || !mayActOnOrder(viewer, found)) return notFound('The order');
    const lines = await findLinesToAnswer(tx, orderId);
    const questions = await findQuestionsOfEvents(tx, [...new Set(lines.map(({ eventId }) => eventId))]);
    const answers = readAnswers(given, lines, questions);
    if (!answers.ok) return answers;
    if (
      isEnded(found.order) ||
      (await hasStarted(tx, [...new Set(answers.value.map(({ lineId }) => lineId))]))
    )
      return refuse({ kind: 'TooLateToAnswer', message: 'Answers can be changed until the event begins.' });
    await keepAnswers(tx, orderId, answers.value);
    await appendEvents(tx, {
      streamId: streamId('order', orderId),
      // What was said is personal, and stays where it can be erased.
      events: [{ type: 'tickets.questions-answered.v1', data: { orderId, answers: answers.value.length } }],
    });
    tx.afterCommit(services.wake);
    return accept(found.order);
  });
}

function isEnded({ status }: Order): boolean {
  return status === 'EXPIRED' || status === 'CANCELLED' || status === 'REFUNDED';
}

async function hasStarted(tx: Transaction, lineIds: readonly string[]): Promise<boolean> {
  const rows = await tx.rows(
    `select l.id from order_line l join occurrence o on o.id = l.occurrence_id
     where l.id = any($1) and o.starts_at <= now() limit 1`,
    [lineIds],
  );
  return rows.length > 0;
}
