import { accept, invalid, type InvalidInput, type Outcome } from '@marquee/kernel';

export type QuestionKind = 'TEXT' | 'CHOICE' | 'NUMBER' | 'YES_NO';

export type Question = {
  readonly id: string;
  readonly eventId: string;
  /** null for all types of the event. */
  readonly ticketTypeIds: readonly string[] | null;
  readonly label: string;
  readonly kind: QuestionKind;
  /** What a CHOICE may be. */
  readonly choices: readonly string[];
  readonly required: boolean;
  readonly active: boolean;
};

/** A line of a cart or an order that questions are asked for. */
export type LineToAnswer = {
  readonly lineId: string;
  readonly holdId: string;
  readonly ticketTypeId: string;
  readonly eventId: string;
  readonly quantity: number;
};

/** What someone says: for the nth ticket of a type, of a hold where several have the type. */
export type GivenAnswer = {
  readonly holdId: string | null;
  readonly ticketTypeId: string;
  readonly place: number;
  readonly questionId: string;
  readonly value: string;
};

export type Answer = {
  readonly lineId: string;
  readonly place: number;
  readonly questionId: string;
  readonly value: string;
};

const longest = 1_000;

/** Whether the value answers the question; as it is kept: yes-or-no as `true` or `false`, numbers as digits. */
export function parseAnswer(
  { kind, choices, label, required }: Question,
  value: string,
  field: string,
): Outcome<string, InvalidInput> {
  const text = value.trim();
  if (text === '') return required ? invalid(field, `must answer “${label}”`) : accept('');
  switch (kind) {
    case 'TEXT':
      return text.length <= longest
        ? accept(text)
        : invalid(field, `must have at most ${longest} characters`);
    case 'CHOICE':
      return choices.includes(text) ? accept(text) : invalid(field, `must be one of: ${choices.join(', ')}`);
    case 'NUMBER':
      return /^-?\d{1,15}(\.\d{1,6})?$/.test(text)
        ? accept(text)
        : invalid(field, 'must be a number, such as 42');
    case 'YES_NO':
      return text === 'true' || text === 'false' ? accept(text) : invalid(field, 'must be true or false');
  }
}

export function isAskedFor(
  question: Question,
  line: Pick<LineToAnswer, 'ticketTypeId' | 'eventId'>,
): boolean {
  const { eventId, ticketTypeIds } = question;
  return eventId === line.eventId && (ticketTypeIds === null || ticketTypeIds.includes(line.ticketTypeId));
}

/** The answers as they are kept, each by its line; refused where one is for nothing that is asked. */
export function readAnswers(
  given: readonly GivenAnswer[],
  lines: readonly LineToAnswer[],
  questions: readonly Question[],
): Outcome<readonly Answer[], InvalidInput> {
  const answers = new Map<string, Answer>();
  for (const [index, { holdId, ticketTypeId, place, questionId, value }] of given.entries()) {
    const at = `answers.${index}`;
    const own = lines.filter(
      (each) => each.ticketTypeId === ticketTypeId && (holdId === null || each.holdId === holdId),
    );
    const [line] = own;
    if (!line) return invalid(`${at}.ticketTypeId`, 'is not of this order');
    if (own.length > 1) return invalid(`${at}.holdId`, 'must say of which hold: several have this type');
    if (!Number.isInteger(place) || place < 0 || place >= line.quantity)
      return invalid(`${at}.place`, `must be from 0 to ${line.quantity - 1}`);
    const question = questions.find((each) => each.id === questionId);
    if (!question || !isAskedFor(question, line))
      return invalid(`${at}.questionId`, 'is not asked for this ticket');
    const parsed = parseAnswer(question, value, `${at}.value`);
    if (!parsed.ok) return parsed;
    const { lineId } = line;
    answers.set(`${lineId} ${place} ${questionId}`, { lineId, place, questionId, value: parsed.value });
  }
  return accept([...answers.values()]);
}

/** Whether all that must be answered is, for every ticket. */
export function judgeAnswered(
  answers: readonly Pick<Answer, 'lineId' | 'place' | 'questionId'>[],
  lines: readonly LineToAnswer[],
  questions: readonly Question[],
): Outcome<true, InvalidInput> {
  const known = new Set(answers.map(({ lineId, place, questionId }) => `${lineId} ${place} ${questionId}`));
  for (const question of questions.filter(({ required, active }) => required && active))
    for (const line of lines.filter((each) => isAskedFor(question, each)))
      for (let place = 0; place < line.quantity; place++)
        if (!known.has(`${line.lineId} ${place} ${question.id}`))
          return invalid('answers', `must answer “${question.label}” for each ticket`);
  return accept(true);
}
