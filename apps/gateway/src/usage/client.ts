import type { Client } from './usage-record.ts';

/** As Node gives them, or as a WebSocket client sends them first. */
export type Headers = Readonly<Record<string, unknown>>;

const longest = 100;

/** Printable and short, for it is shown to people; empty where it is not. */
function wordOf(value: unknown): string {
  return typeof value === 'string' && value.length <= longest && /^[\x20-\x7e]+$/.test(value)
    ? value.trim()
    : '';
}

/** The client as it names itself, in the headers that Apollo's clients send; its name is empty where it does not. */
export function clientOf(headers: Headers): Client {
  return {
    name: wordOf(headers['apollographql-client-name']),
    version: wordOf(headers['apollographql-client-version']),
  };
}
