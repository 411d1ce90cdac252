import { createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { verifyExport, type ExportFault, type ExportVerifier } from '@marquee/event-log';
import type { Call, Command } from '../command.ts';
import { exitCodes, UsageError } from '../errors.ts';
import { createProgress, progressBar } from '../progress.ts';
import { readExport } from './read-export.ts';

/** What is wrong with the log, or with the file as a whole. */
type Fault = Omit<ExportFault, 'kind'> & {
  readonly kind: ExportFault['kind'] | 'file';
  readonly log: string | null;
};
type LogKey = { readonly log: string; readonly key: KeyObject };
type Verified = {
  readonly ok: boolean;
  readonly logs: number;
  readonly entries: number;
  readonly faults: readonly Fault[];
};

async function run(call: Call): Promise<number> {
  const [file, ...rest] = call.words;
  if (!file || rest.length > 0) throw new UsageError('Name one file that holds the export.');
  if (call.all('keys').length === 0)
    throw new UsageError(
      'Give the public keys: --keys FILE, as https://YOUR-PLATFORM/audit/keys answers them.',
    );
  const keys = (await Promise.all(call.all('keys').map(readKeys))).flat();
  const verified = await verifyFile(call, file, keys);
  await call.io.out(call.flag('json') ? `${JSON.stringify(verified)}\n` : describe(verified));
  return verified.ok ? exitCodes.done : exitCodes.failed;
}

async function verifyFile(call: Call, file: string, keys: readonly LogKey[]): Promise<Verified> {
  const progress = createProgress(call.io);
  const faults: Fault[] = [];
  const broken = (differs: string, log: string | null = null) =>
    faults.push({ kind: 'file', log, index: null, eventId: null, differs });
  const verifiers = new Map<string, ExportVerifier | null>();
  let announced: readonly string[] | null = null;
  let organisationId = '';
  let [entries, isWhole] = [0, false];
  for await (const line of readExport(file)) {
    if (line.record === 'export') ({ logs: announced, organisationId } = line);
    else if (line.record === 'end') isWhole = line.entries === entries;
    else if (line.record === 'log') {
      const { log, head } = line;
      if (verifiers.has(log)) broken('the log is there twice', log);
      if (head && (head.log !== log || head.organisationId !== organisationId))
        broken('the signed head is of another log or organisation', log);
      const own = keys.filter((each) => each.log === log).map(({ key }) => key);
      verifiers.set(log, head && verifyExport({ ...line, head }, own));
    } else {
      entries += 1;
      const verifier = verifiers.get(line.log);
      if (verifier) verifier.take(line);
      else broken('there are entries, and nothing that was signed', line.log);
    }
    if (entries % 1_000 === 0) progress.show(progressBar(entries, null, 'entries'));
  }
  progress.end();
  if (!announced) broken('it does not begin as an export does');
  for (const log of announced ?? []) if (!verifiers.has(log)) broken('the log is not in the file', log);
  if (!isWhole) broken('it does not end as an export does: it is cut off, or entries are missing');
  for (const [log, verifier] of verifiers) {
    const fault = verifier?.finish();
    if (fault) faults.push({ ...fault, log });
  }
  return { ok: faults.length === 0, logs: verifiers.size, entries, faults };
}

function describe({ ok, logs, entries, faults }: Verified): string {
  if (ok) return `As it was sealed: ${entries.toLocaleString('en')} entries of ${logs} logs.\n`;
  const lines = faults.slice(0, 20).map(({ kind, log, index, eventId, differs }) => {
    const place = index === null ? '' : ` entry ${index}${eventId ? ` (event ${eventId})` : ''}`;
    return `  ${log ?? 'the file'}:${place} ${kind === 'file' ? '' : `${kind}: `}${differs}`;
  });
  return `NOT as it was sealed:\n${lines.join('\n')}\n`;
}

async function readKeys(file: string): Promise<LogKey[]> {
  try {
    const { keys } = JSON.parse(await readFile(file, 'utf8')) as { keys: (JsonWebKey & { log: string })[] };
    return keys.map(({ log, ...jwk }) => ({ log, key: createPublicKey({ key: jwk, format: 'jwk' }) }));
  } catch (error) {
    throw new UsageError(
      `${file} is no set of keys such as /audit/keys answers: ${(error as Error).message}`,
    );
  }
}

const verify: Command = {
  name: 'verify',
  area: 'audit',
  summary: 'Says whether an export of the audit trail is as it was sealed, and if not, what was changed',
  forms: ['FILE --keys FILE'],
  notes: `Asks no platform: every hash is computed anew and must lead to the heads that the services signed. It finds an entry that
was changed, left out, put in or moved, and a file that is cut off. FILE is what exportAuditTrail answered, of JSON lines or (*.csv) CSV. Keep
the keys when you have no reason to doubt them, and verify by those. Exit code 1 where the export is not as it was.`,
  options: {
    keys: {
      value: 'FILE',
      many: true,
      help: 'public keys, as /audit/keys answers them; again for older ones',
    },
  },
  examples: ['verify audit.jsonl --keys keys.json'],
  run,
};

/** For who audits an organisation: `marquee audit verify`. */
export const auditCommands: readonly Command[] = [verify];
