import { eventLogMigrations } from '@marquee/event-log';
import { messagingMigrations } from '@marquee/messaging';
import { platformMigrations } from '@marquee/postgres';
import { testDatabase, type TestDatabase } from '@marquee/testkit';
import { runMarquee } from './marquee.ts';

export type Ran = {
  readonly exitCode: number;
  readonly out: string;
  readonly err: string;
  /** What --json printed. */
  lines<T = Record<string, unknown>>(): T[];
};

/** Runs `marquee events …` in this process. */
export async function run(...args: string[]): Promise<Ran> {
  return start(...args).ended;
}

/** The same, to look at while it runs and to stop. */
export function start(...args: string[]): {
  readonly ended: Promise<Ran>;
  out(): string;
  stop(): void;
} {
  const [out, err]: [string[], string[]] = [[], []];
  const stop = new AbortController();
  const ended = runMarquee(['events', ...args], {
    out: async (text) => void out.push(text),
    err: (text) => void err.push(text),
    isTerminal: false,
    signal: stop.signal,
  }).then((exitCode): Ran => {
    const text = out.join('');
    return {
      exitCode,
      out: text,
      err: err.join(''),
      lines: <T>() =>
        text
          .split('\n')
          .filter(Boolean)
          .map((line) => JSON.parse(line) as T),
    };
  });
  return { ended, out: () => out.join(''), stop: () => stop.abort() };
}

/** A service's database with a log and subscriptions, and nothing else. */
export function logDatabase(): Promise<TestDatabase> {
  return testDatabase({
    name: 'cli',
    migrations: [...platformMigrations, ...eventLogMigrations, ...messagingMigrations],
  });
}
