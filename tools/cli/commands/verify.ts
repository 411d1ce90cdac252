import { createPrivateKey, createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import {
  createHeadSigner,
  parseLogKey,
  sealLog,
  verifyLog,
  type LogFault,
  type SignedTreeHead,
} from '@marquee/event-log';
import { readEnvironment, workspaceRoot } from '../../start/config.ts';
import { loadSecrets } from '../../start/secrets.ts';
import { sourceOptions, type Call, type Command } from '../command.ts';
import { exitCodes, UsageError } from '../errors.ts';
import { createProgress, progressBar } from '../progress.ts';
import { organisationOf, withSources, type Source } from '../sources.ts';

type Verified = { readonly service: string } & Awaited<ReturnType<typeof verifyLog>>;

async function run(call: Call): Promise<number> {
  if (call.words.length > 0)
    throw new UsageError('verify takes options only: see marquee events verify --help');
  const publicKeys = await Promise.all(
    call.all('public-key').map((file) => readKey(file, (key) => createPublicKey(key))),
  );
  const witnessed = (await Promise.all(call.all('heads').map(readHeads))).flat();
  const results = await withSources(call, 'event_log', async (sources) => {
    const all: Verified[] = [];
    for (const source of sources) {
      if (call.flag('seal')) await seal(call, source);
      const keys = publicKeys.length > 0 ? publicKeys : ownKeys(call, source.service);
      all.push(await verifyOne(call, source, keys, witnessed));
    }
    return all;
  });
  for (const result of results) {
    await call.io.out(call.flag('json') ? `${JSON.stringify(result)}\n` : `${describe(result)}\n`);
  }
  return results.every(({ ok }) => ok) ? exitCodes.done : exitCodes.failed;
}

/** The key by which the running platform's service signs, where it is here: no more is needed to verify. */
function ownKeys(call: Call, service: string): KeyObject[] {
  if (call.text('database') !== undefined) return [];
  const file = loadSecrets(readEnvironment(workspaceRoot).home).logKeyFile(service);
  return [createPublicKey(parseLogKey(JSON.parse(readFileSync(file, 'utf8'))))];
}

async function verifyOne(
  call: Call,
  { service, database }: Source,
  publicKeys: readonly KeyObject[],
  heads: readonly SignedTreeHead[],
): Promise<Verified> {
  const organisationId = organisationOf(call);
  const progress = createProgress(call.io);
  const verified = await verifyLog(database, {
    publicKeys,
    witnessed: heads.filter(({ log }) => log === service),
    ...(organisationId !== undefined && { organisationId }),
    onProgress: (events) => progress.show(`${progressBar(events, null, 'events')}  ${service}`),
  });
  progress.end();
  return { service, ...verified };
}

/** What was appended since the last pass; whoever may change rows before they are sealed changes them unseen. */
async function seal(call: Call, { service, database }: Source): Promise<void> {
  const key = call.text('key');
  const privateKey = key === undefined ? undefined : await readKey(key, (given) => createPrivateKey(given));
  await sealLog(database, {
    signal: call.io.signal,
    ...(privateKey && { signer: createHeadSigner({ log: service, privateKey }) }),
  });
}

function describe({ service, ok, faults, events, heads, unsealed }: Verified): string {
  const counts = `${events.toLocaleString('en')} sealed events, ${heads} signed heads checked`;
  const open =
    unsealed > 0
      ? `; ${unsealed}${unsealed >= 10_000 ? ' or more' : ''} not sealed yet, so not verified`
      : '';
  if (ok) return `${service}: as it was sealed (${counts}${open})`;
  return [`${service}: NOT as it was sealed (${counts}${open})`, ...faults.map(describeFault)].join('\n');
}

function describeFault({
  kind,
  organisationId,
  position,
  eventId,
  streamId,
  version,
  differs,
}: LogFault): string {
  const row = `position ${position ?? '-'}, event ${eventId ?? '-'}, ${streamId ?? '-'} v${version ?? '-'}`;
  return `  first ${kind} row of organisation ${organisationId}: ${row}: ${differs}`;
}

/** PEM or JWK. */
async function readKey(
  file: string,
  create: (key: string | { key: JsonWebKey; format: 'jwk' }) => KeyObject,
): Promise<KeyObject> {
  try {
    const text = await readFile(file, 'utf8');
    return create(
      text.trimStart().startsWith('{') ? { key: JSON.parse(text) as JsonWebKey, format: 'jwk' } : text,
    );
  } catch (error) {
    throw new UsageError(`${file} is no key that can be read (PEM or JWK): ${(error as Error).message}`);
  }
}

/** One signed head a line, as kept out of reach of whoever can write to the database. */
async function readHeads(file: string): Promise<SignedTreeHead[]> {
  try {
    const lines = (await readFile(file, 'utf8')).split('\n').filter((line) => line.trim() !== '');
    return lines.map((line) => JSON.parse(line) as SignedTreeHead);
  } catch (error) {
    throw new UsageError(`${file} has no signed heads, one of JSON a line: ${(error as Error).message}`);
  }
}

export const verify: Command = {
  name: 'verify',
  summary: 'Computes the hash chain anew and names the first row that was altered, moved, added or removed',
  forms: ['[options]'],
  notes: `Each organisation's events form a hash chain with signed Merkle heads, made by the services in the background. What is
not sealed yet is counted, and not verified; --seal seals it first. Of the running platform the signatures are checked
by its own keys. Whoever can rewrite the whole database can rewrite chain and
heads with it: heads kept elsewhere (--heads) show that too. Exit code 1 where a row is not as it was.`,
  options: {
    organisation: { value: 'UUID', help: 'one organisation alone (default: all)' },
    seal: { help: 'seal what was appended since the last pass, first' },
    key: { value: 'FILE', help: 'Ed25519 private key that signs the heads of --seal' },
    'public-key': { value: 'FILE', many: true, help: 'whose signatures count; again for several' },
    heads: { value: 'FILE', many: true, help: 'signed heads kept elsewhere, one of JSON a line' },
    ...sourceOptions,
  },
  examples: ['verify --service tickets', 'verify --seal --public-key heads.pub.pem'],
  run,
};
