/** A step of a tour in Markdown: a block of bash, and the answer that is printed under it, where one is. */
export type TourStep = { readonly script: string; readonly expected: unknown };

/** The ```bash blocks of a page in order, each with the ```json block that follows before the next one. */
export function readTour(markdown: string): TourStep[] {
  const steps: { script: string; expected: unknown }[] = [];
  for (const [, language, content] of markdown.matchAll(/^```(\w+)\n(.*?)^```$/gms)) {
    if (language === 'bash') steps.push({ script: content!, expected: undefined });
    else if (language === 'json' && steps.length > 0)
      steps[steps.length - 1]!.expected = JSON.parse(content!);
  }
  return steps;
}

const separator = '<<<end of step>>>';

/** One script of all steps: a shell keeps its variables from step to step, as a reader's terminal does. */
export function tourScript(steps: readonly TourStep[]): string {
  return steps.map((step) => `${step.script}\necho; echo '${separator}'\n`).join('');
}

/** What each step printed last: the JSON answer that the page shows. */
export function answersOf(output: string, steps: readonly TourStep[]): unknown[] {
  const printed = output.split(separator);
  return steps.map((step, index) => {
    if (step.expected === undefined) return undefined;
    const lines = (printed[index] ?? '').split('\n').filter((line) => line.startsWith('{'));
    return lines.length > 0 ? JSON.parse(lines[lines.length - 1]!) : null;
  });
}

/** The answer with `…` wherever the page says `…`: what differs from run to run. */
export function blurLike(answer: unknown, expected: unknown): unknown {
  if (typeof expected === 'string' && typeof answer === 'string' && expected.endsWith('…')) {
    return answer.startsWith(expected.slice(0, -1)) ? expected : answer;
  }
  if (Array.isArray(expected) && Array.isArray(answer))
    return answer.map((each, index) => blurLike(each, expected[index]));
  if (isRecord(expected) && isRecord(answer)) {
    return Object.fromEntries(
      Object.entries(answer).map(([key, value]) => [key, blurLike(value, expected[key])]),
    );
  }
  return answer;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
