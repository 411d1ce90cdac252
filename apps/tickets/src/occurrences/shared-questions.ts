/**
 * One question for all who ask the same at once: before a sale opens everyone is in doubt, again and again. Who comes
 * while it is on its way cannot rely on its answer, which may be older than what they know, and shares the next one.
 */
export function createSharedQuestions<T>(): (name: string, ask: () => Promise<T>) => Promise<T> {
  const underWay = new Map<string, { readonly answer: Promise<T>; next: Promise<T> | null }>();
  const start = (name: string, ask: () => Promise<T>): Promise<T> => {
    const question = { answer: ask(), next: null };
    underWay.set(name, question);
    const end = () => {
      if (underWay.get(name) === question && question.next === null) underWay.delete(name);
    };
    question.answer.then(end, end);
    return question.answer;
  };
  return (name, ask) => {
    const question = underWay.get(name);
    if (!question) return start(name, ask);
    const again = () => start(name, ask);
    question.next ??= question.answer.then(again, again);
    return question.next;
  };
}
