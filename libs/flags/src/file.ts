import { readFileSync } from 'node:fs';

/** A ConfigMap's files change by a link that is turned, which no watch of a file sees: it is read again, which is cheap. */
const lookEveryMs = 1_000;

/** Tells the file's text at first and after each change; null where it cannot be read. Answers how to stop. */
export function watchFile(
  file: string,
  onText: (text: string | null, error?: unknown) => void,
  everyMs = lookEveryMs,
): () => void {
  let last: string | null | undefined;
  const look = () => {
    let text: string | null = null;
    let fault: unknown;
    try {
      text = readFileSync(file, 'utf8');
    } catch (error) {
      fault = error;
    }
    if (text === last) return;
    last = text;
    onText(text, fault);
  };
  look();
  const timer = setInterval(look, everyMs).unref();
  return () => clearInterval(timer);
}
