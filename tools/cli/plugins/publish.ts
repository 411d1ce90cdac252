import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { emptyIndex, publicKeyOf, publish, readIndex, writeIndex, type Level } from '@marquee/plugin-sdk';
import type { Call, Command } from '../command.ts';
import { exitCodes, UsageError } from '../errors.ts';

const levels: readonly Level[] = ['private', 'community', 'core'];

export const publishCommand: Command = {
  name: 'publish',
  area: 'plugin',
  summary: "Puts a package into a marketplace's directory and its signed index",
  forms: ['FILE --to DIRECTORY --publisher NAME --key FILE --index-key FILE'],
  notes: `Keys are Ed25519 in PEM: openssl genpkey -algorithm ed25519 -out publisher.pem
Refused: a release that is not newer, another publisher's plugin, a publisher with another key than before.`,
  options: {
    to: { value: 'DIRECTORY', help: 'of the marketplace; made where there is none' },
    publisher: { value: 'NAME', help: 'who publishes' },
    key: { value: 'FILE', help: "the publisher's private key" },
    'index-key': { value: 'FILE', help: "the marketplace's private key" },
    level: { value: 'LEVEL', help: `${levels.join(', ')} (default: community)` },
    organisation: { value: 'UUID', many: true, help: 'that may see it, where it is private' },
  },
  examples: [
    'publish loyal-guests.json --to marketplace --publisher me --key publisher.pem --index-key marketplace.pem',
  ],
  run: async (call) => {
    const [file, ...rest] = call.words;
    if (!file || rest.length > 0) throw new UsageError('Name one package, as plugin pack made it.');
    const level = (call.text('level') ?? 'community') as Level;
    if (!levels.includes(level)) throw new UsageError(`--level must be one of ${levels.join(', ')}.`);
    const directory = need(call, 'to');
    const indexKeyPem = readText(need(call, 'index-key'));
    const path = join(directory, 'index.json');
    const known = existsSync(path) ? readIndex(readText(path), publicKeyOf(indexKeyPem)) : emptyIndex;
    const text = readText(file);
    const index = publish(known, {
      text,
      level,
      publisher: need(call, 'publisher'),
      publisherKeyPem: readText(need(call, 'key')),
      organisationIds: call.all('organisation'),
    });
    const listing = index.plugins.at(-1)!;
    mkdirSync(directory, { recursive: true });
    writeFileSync(join(directory, listing.file), text);
    // The index last and at once: who reads it in between finds what it lists.
    writeFileSync(`${path}.new`, writeIndex(index, indexKeyPem));
    renameSync(`${path}.new`, path);
    const { name, version } = listing;
    await call.io.out(
      call.flag('json')
        ? `${JSON.stringify({ name, version, level, plugins: index.plugins.length })}\n`
        : `${name} ${version} is in ${directory}, as ${level}.\n`,
    );
    return exitCodes.done;
  },
};

function need(call: Call, option: string): string {
  const value = call.text(option);
  if (value === undefined) throw new UsageError(`Give --${option}. See: marquee plugin publish --help`);
  return value;
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new UsageError(`${file} cannot be read.`);
  }
}
