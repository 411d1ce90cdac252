import { encryptedFields } from '@marquee/contracts';
import {
  createFieldEncryption,
  createFileKeyManagement,
  type EventContent,
  type EventInterceptor,
} from '@marquee/event-log';
import type { Transaction } from '@marquee/postgres';
import type { Client } from 'pg';
import type { NumberedEntry } from './log.ts';

const batchSize = 2_000;

/** The log as its service would have written it: with what is personal enciphered, by keys made in this transaction. */
export async function encipherLog(
  client: Client,
  keysFile: string,
  log: readonly NumberedEntry[],
): Promise<NumberedEntry[]> {
  const keys = await createFileKeyManagement({ path: keysFile });
  const { append } = createFieldEncryption({ keys }).within(transactionOf(client));
  const enciphered: NumberedEntry[] = [];
  for (let from = 0; from < log.length; from += batchSize)
    enciphered.push(...(await encipherSome(append, log.slice(from, from + batchSize))));
  return enciphered;
}

async function encipherSome(
  append: EventInterceptor,
  entries: readonly NumberedEntry[],
): Promise<NumberedEntry[]> {
  const contents = new Map<NumberedEntry, EventContent>(
    entries.filter(({ type }) => encryptedFields(type).length > 0).map((entry) => [entry, entry]),
  );
  await append.prepare?.([...contents.values()]);
  return Promise.all(
    entries.map(async (entry) => {
      const content = contents.get(entry);
      return content ? ({ ...entry, data: (await append(content)).data } as NumberedEntry) : entry;
    }),
  );
}

/** As much of a transaction as the keys need. */
function transactionOf(client: Client): Transaction {
  const rows = async (sql: string, parameters: readonly unknown[] = []) =>
    (await client.query(sql, [...parameters])).rows;
  return { organisationId: null, rows, afterCommit: () => undefined } as unknown as Transaction;
}
