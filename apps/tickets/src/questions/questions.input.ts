import { accept, invalid, type InvalidInput, type Outcome } from '@marquee/kernel';
import {
  parseAll,
  parseId,
  parseInteger,
  parseList,
  parseOptional,
  parseText,
  type Parsed,
} from '@marquee/subgraph';
import type { AnswerInput, QuestionInput } from '../generated/schema.ts';
import type { GivenAnswer, Question } from './question.ts';

/** Twenty holds of ten tickets, with five questions each. */
const mostAnswers = 1_000;

export function readGivenAnswers(answers: readonly AnswerInput[] | null | undefined): Parsed<GivenAnswer[]> {
  return parseList('answers', answers ?? [], { max: mostAnswers }, (field, answer) =>
    parseAll({
      holdId: parseOptional(answer.holdId, (id) => parseId('Hold', `${field}.holdId`, id)),
      ticketTypeId: parseId('TicketType', `${field}.ticketTypeId`, answer.ticketTypeId),
      place: parseInteger(`${field}.place`, answer.place, { min: 0, max: 100 }),
      questionId: parseId('Question', `${field}.questionId`, answer.questionId),
      value: answer.value.length <= 4_000 ? accept(answer.value) : invalid(`${field}.value`, 'is too long'),
    }),
  );
}

export function readQuestion(
  input: QuestionInput,
): Outcome<Omit<Question, 'id'> & { readonly id: string | null }, InvalidInput> {
  const parsed = parseAll({
    id: parseOptional(input.id, (id) => parseId('Question', 'id', id)),
    eventId: parseId('Event', 'eventId', input.eventId),
    label: parseText('label', input.label, { max: 200 }),
    kind: accept(input.kind),
    choices: parseList('choices', input.choices ?? [], { max: 100 }, (field, choice) =>
      parseText(field, choice, { max: 200 }),
    ),
    ticketTypeIds: parseOptional(input.ticketTypeIds, (ids) =>
      parseList('ticketTypeIds', ids, { max: 100 }, (field, id) => parseId('TicketType', field, id)),
    ),
  });
  if (!parsed.ok) return parsed;
  const { kind, choices } = parsed.value;
  if ((kind === 'CHOICE') !== choices.length > 0)
    return invalid(
      'choices',
      kind === 'CHOICE' ? 'must have one at least' : 'must be left out: it is no choice',
    );
  return accept({ ...parsed.value, required: input.required ?? false, active: input.active ?? true });
}
