import { encodeId } from '@marquee/kernel';
import { parseAll, parseId, toResult } from '@marquee/subgraph';
import { mayActForOthers } from '../access.ts';
import type { Context } from '../context.ts';
import type { Resolvers } from '../generated/schema.ts';
import { ticketTypeOf } from '../inventory/inventory.resolvers.ts';
import { mayHoldTicket } from '../visible.ts';
import { whenParsed } from '../when-parsed.ts';
import { answerQuestions, saveQuestion } from './ask.ts';
import type { AnswerView } from './question-rows.ts';
import { readGivenAnswers, readQuestion } from './questions.input.ts';

export const questionsResolvers: Resolvers = {
  Mutation: {
    saveQuestion: async (_, { input }, { services, viewer }) => {
      const outcome = await whenParsed(readQuestion(input), (wanted) =>
        saveQuestion(services, viewer, wanted),
      );
      return toResult(outcome, (question) => ({ __typename: 'QuestionSaved', question }));
    },
    answerQuestions: async (_, { input }, { services, viewer }) => {
      const parsed = parseAll({
        orderId: parseId('Order', 'orderId', input.orderId),
        given: readGivenAnswers(input.answers),
      });
      const outcome = await whenParsed(parsed, (request) => answerQuestions(services, viewer, request));
      return toResult(outcome, (order) => ({
        __typename: 'QuestionsAnswered',
        order: { ...order, asOf: null },
      }));
    },
  },
  Event: {
    questions: async ({ id }, _, { loaders, viewer }) => {
      const questions = await loaders.questionsOfEvent.load(id);
      return questions.filter(({ active }) => active || mayActForOthers(viewer));
    },
  },
  Order: { answers: async ({ id }, _, { loaders }) => [...(await loaders.answersOfOrder.load(id))] },
  Ticket: {
    answers: async (ticket, _, context) =>
      (await mayHoldTicket(context, ticket))
        ? [...(await context.loaders.answersOfTicket.load(ticket.id))]
        : [],
  },
  Answer: {
    question: async ({ questionId }: AnswerView, _: unknown, { loaders }: Context) => {
      const question = await loaders.question.load(questionId);
      if (!question) throw new Error(`question ${questionId} is gone`);
      return question;
    },
    ticketType: ({ ticketTypeId }, _, context) => ticketTypeOf(context, ticketTypeId, null),
  },
  Question: {
    id: ({ id }) => encodeId('Question', id),
    choices: ({ choices }) => [...choices],
    ticketTypes: async ({ ticketTypeIds }, _, context) =>
      ticketTypeIds && Promise.all(ticketTypeIds.map((id) => ticketTypeOf(context, id, null))),
  },
};
