import { typesMatching } from '@marquee/event-bus';
import type { WebSocket } from 'ws';
import { isStreamPosition, type StreamPosition } from './client/position.ts';

export type ParsedResume = { readonly after: StreamPosition | undefined; readonly types: readonly string[] };

const maxPatterns = 100;

/** What a client asks for, where it makes sense; otherwise undefined. */
export function parseResume(value: unknown): ParsedResume | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { kind, after, types = ['*'] } = value as Readonly<Record<string, unknown>>;
  if (kind !== 'resume' || !(after === undefined || isStreamPosition(after))) return undefined;
  if (!Array.isArray(types) || types.length === 0 || types.length > maxPatterns) return undefined;
  if (!types.every((type) => typeof type === 'string')) return undefined;
  try {
    typesMatching(types);
  } catch {
    return undefined;
  }
  return { after, types };
}

/** The first message of a client, where it comes in time and makes sense. */
export function readResume(client: WebSocket, timeoutMs: number): Promise<ParsedResume | undefined> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(undefined), timeoutMs);
    const settle = (resume: ParsedResume | undefined) => {
      clearTimeout(timer);
      resolve(resume);
    };
    client.once('close', () => settle(undefined));
    client.once('message', (data) => {
      try {
        // `ws` gives a Buffer for a message in one piece, which is all that its default asks for.
        settle(parseResume(JSON.parse((data as Buffer).toString('utf8'))));
      } catch {
        settle(undefined);
      }
    });
  });
}
