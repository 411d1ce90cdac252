import type { Transaction } from '@marquee/postgres';
import type { Answer, LineToAnswer, Question, QuestionKind } from './question.ts';

type QuestionRow = {
  readonly id: string;
  readonly event_id: string;
  readonly ticket_type_ids: readonly string[] | null;
  readonly label: string;
  readonly kind: QuestionKind;
  readonly choices: readonly string[];
  readonly required: boolean;
  readonly active: boolean;
};

const readQuestion = (row: QuestionRow): Question => ({
  id: row.id,
  eventId: row.event_id,
  ticketTypeIds: row.ticket_type_ids,
  label: row.label,
  kind: row.kind,
  choices: row.choices,
  required: row.required,
  active: row.active,
});

export async function findQuestions(tx: Transaction, ids: readonly string[]): Promise<Question[]> {
  const rows = await tx.rows<QuestionRow>('select * from question where id = any($1)', [ids]);
  return rows.map(readQuestion);
}

/** In the order in which they were made, for many events; those that are asked no more where told. */
export async function findQuestionsOfEvents(
  tx: Transaction,
  eventIds: readonly string[],
  { all = false } = {},
): Promise<Question[]> {
  const rows = await tx.rows<QuestionRow>(
    'select * from question where event_id = any($1) and (active or $2) order by created_at, id',
    [eventIds, all],
  );
  return rows.map(readQuestion);
}

/** The lines of an order that questions are asked for. */
export async function findLinesToAnswer(tx: Transaction, orderId: string): Promise<LineToAnswer[]> {
  const rows = await tx.rows<{
    id: string;
    hold_id: string;
    ticket_type_id: string;
    event_id: string;
    quantity: number;
  }>(
    `select l.id, l.hold_id, l.ticket_type_id, t.event_id, l.quantity from order_line l
     join ticket_type t on t.id = l.ticket_type_id where l.order_id = $1 order by l.place`,
    [orderId],
  );
  return rows.map((row) => ({
    lineId: row.id,
    holdId: row.hold_id,
    ticketTypeId: row.ticket_type_id,
    eventId: row.event_id,
    quantity: row.quantity,
  }));
}

/** The newest answer of each ticket to each question; an empty one is taken away. */
export async function keepAnswers(
  tx: Transaction,
  orderId: string,
  answers: readonly Answer[],
): Promise<void> {
  if (answers.length === 0) return;
  const rows = answers.map(({ lineId, place, questionId, value }) => ({
    order_line_id: lineId,
    place,
    question_id: questionId,
    value,
  }));
  const given = `jsonb_to_recordset($1) as a(order_line_id uuid, place integer, question_id uuid, value text)`;
  await tx.execute(
    `insert into order_answer (organisation_id, order_id, order_line_id, place, question_id, value)
     select $2, $3, a.order_line_id, a.place, a.question_id, a.value from ${given} where a.value <> ''
     on conflict (organisation_id, order_line_id, place, question_id)
       do update set value = excluded.value, answered_at = now()`,
    [JSON.stringify(rows), tx.organisationId, orderId],
  );
  await tx.execute(
    `delete from order_answer o using ${given}
     where a.value = '' and o.order_line_id = a.order_line_id and o.place = a.place and o.question_id = a.question_id`,
    [JSON.stringify(rows)],
  );
}

/** An answer as it is read: of an order, or of the ticket that has its place. */
export type AnswerView = Answer & { readonly ofId: string; readonly ticketTypeId: string };

type AnswerRow = {
  readonly of_id: string;
  readonly order_line_id: string;
  readonly ticket_type_id: string;
  readonly place: number;
  readonly question_id: string;
  readonly value: string;
};

const readAnswer = (row: AnswerRow): AnswerView => ({
  ofId: row.of_id,
  lineId: row.order_line_id,
  ticketTypeId: row.ticket_type_id,
  place: row.place,
  questionId: row.question_id,
  value: row.value,
});

export async function findAnswersOfOrders(
  tx: Transaction,
  orderIds: readonly string[],
): Promise<AnswerView[]> {
  const rows = await tx.rows<AnswerRow>(
    `select a.order_id as of_id, a.*, l.ticket_type_id from order_answer a
     join order_line l on l.id = a.order_line_id join question q on q.id = a.question_id
     where a.order_id = any($1) order by a.order_id, l.place, a.place, q.created_at, q.id`,
    [orderIds],
  );
  return rows.map(readAnswer);
}

/** To what is asked at the event that the ticket is for now: answers from before an exchange are its order's. */
export async function findAnswersOfTickets(
  tx: Transaction,
  ticketIds: readonly string[],
): Promise<AnswerView[]> {
  const rows = await tx.rows<AnswerRow>(
    `select t.id as of_id, a.*, t.ticket_type_id from ticket t
     join order_answer a on a.order_line_id = t.order_line_id and a.place = t.line_place
     join ticket_type y on y.id = t.ticket_type_id
     join question q on q.id = a.question_id and q.event_id = y.event_id
     where t.id = any($1) order by t.id, q.created_at, q.id`,
    [ticketIds],
  );
  return rows.map(readAnswer);
}
