import { fork, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startNats, startPostgres } from '@marquee/embedded';
import { eventLogMigrations } from '@marquee/event-log';
import { newUuid } from '@marquee/kernel';
import { messagingMigrations } from '@marquee/messaging';
import { migrate, platformMigrations, provisionDatabase } from '@marquee/postgres';

/** PostgreSQL (fsync on) with the log's and the consumer's database, and NATS with JetStream on files. */
export type RelayWorld = {
  readonly natsUrl: string;
  /** Of the service that has the log. */
  readonly logUrl: string;
  /** Of the service that handles its events. */
  readonly consumerUrl: string;
  /** Starts a program of this folder as a process of its own, with these flags of Node; it is ended with the world. */
  start(program: string, flags?: readonly string[]): Worker;
};

/** A process that does what it is told, one thing after the other. */
export type Worker = {
  /** Tells it to do something and waits for its answer. Rejects with its fault, or when it ends first. */
  do<T>(task: object): Promise<T>;
  end(): Promise<void>;
};

export async function withRelayWorld<T>(
  log: (line: string) => void,
  work: (world: RelayWorld) => Promise<T>,
): Promise<T> {
  const home = mkdtempSync(join(tmpdir(), 'marquee-bench-'));
  const closing: (() => Promise<unknown>)[] = [async () => rmSync(home, { recursive: true, force: true })];
  try {
    log('starting PostgreSQL, durable (fsync on), and NATS with JetStream on files');
    const superuserPassword = newUuid();
    const postgres = await startPostgres({
      dataDirectory: join(home, 'postgres'),
      logFile: join(home, 'postgres.log'),
      superuserPassword,
    });
    closing.push(() => postgres.stop());
    const nats = await startNats({ dataDirectory: join(home, 'nats'), logFile: join(home, 'nats.log') });
    closing.push(() => nats.stop());
    const database = async (name: string) => {
      const made = await provisionDatabase({
        adminUrl: postgres.url,
        database: name,
        passwordFor: () => superuserPassword,
      });
      const migrations = [...platformMigrations, ...eventLogMigrations, ...messagingMigrations];
      await migrate({ url: made.ownerUrl, migrations });
      return made.appUrl;
    };
    return await work({
      natsUrl: nats.url,
      logUrl: await database('tickets'),
      consumerUrl: await database('analytics'),
      start: (program, flags = []) => {
        const worker = startWorker(program, flags);
        closing.push(() => worker.end());
        return worker;
      },
    });
  } finally {
    for (const close of closing.toReversed()) await close().catch((error: unknown) => log(String(error)));
  }
}

function startWorker(program: string, flags: readonly string[]): Worker {
  const file = fileURLToPath(import.meta.resolve(`./${program}`));
  const child = fork(file, { stdio: 'inherit', serialization: 'advanced', execArgv: [...flags] });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  return {
    do: async <T>(task: object) => {
      const answer = await Promise.race([
        answerOf(child, task),
        ended.then(() => Promise.reject(new Error(`${program} ended`))),
      ]);
      if ('fault' in answer) throw new Error(`${program}: ${answer.fault}`);
      return answer.value as T;
    },
    end: async () => {
      if (child.connected) child.disconnect();
      const killing = setTimeout(() => child.kill('SIGKILL'), 5000);
      await ended;
      clearTimeout(killing);
    },
  };
}

type Answer = { readonly value: unknown } | { readonly fault: string };

function answerOf(child: ChildProcess, task: object): Promise<Answer> {
  return new Promise((resolve) => {
    child.once('message', (answer) => resolve(answer as Answer));
    child.send(task);
  });
}
