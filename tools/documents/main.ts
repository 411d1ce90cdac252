import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Supergraph } from '@apollo/federation-internals';
import { hashOf } from '../../apps/gateway/src/documents/document-store.ts';
import { parseManifest, type DocumentManifest } from '../../apps/gateway/src/documents/trusted-documents.ts';
import { DocumentError, readDocuments } from './read-documents.ts';

const supergraphFile = join(import.meta.dirname, '../../apps/gateway/src/generated/supergraph.graphql');

const usage = `Registers the documents that a client sends, for gateways that execute registered ones alone.

  npm run documents -- register --client NAME --version V [--directory D] FILE...
  npm run documents -- list [--directory D]
  npm run documents -- remove --client NAME --version V [--directory D]

  FILE             documents (*.graphql), Relay's persisted queries or an Apollo persisted-query manifest (*.json)
  --client NAME    as the client calls itself, such as web
  --version V      of the client; registering it again replaces it
  --directory D    what MARQUEE_TRUSTED_DOCUMENTS_DIRECTORY of the gateway names (trusted-documents unless told)
  --json           the result as JSON
  --help
`;

type Options = ReturnType<typeof readOptions>['values'];

function readOptions(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        client: { type: 'string' },
        version: { type: 'string' },
        directory: { type: 'string', default: 'trusted-documents' },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
  } catch (error) {
    throw new DocumentError((error as Error).message);
  }
}

function manifestPath({ client, version, directory }: Options): string {
  for (const [option, value] of Object.entries({ client, version })) {
    if (!value || !/^[A-Za-z0-9][A-Za-z0-9._+-]{0,99}$/.test(value)) {
      throw new DocumentError(`--${option} must be given, of letters, digits and . _ + -.`);
    }
  }
  return join(directory, `${client}@${version}.json`);
}

function register(files: readonly string[], options: Options): object {
  const path = manifestPath(options);
  if (files.length === 0) throw new DocumentError('Name the files that hold the documents.');
  const schema = Supergraph.build(readFileSync(supergraphFile, 'utf8')).apiSchema().toGraphQLJSSchema();
  const documents = files.flatMap((file) => readDocuments(file, schema));
  if (documents.length === 0) throw new DocumentError('There is no operation in these files.');
  const manifest: DocumentManifest = {
    client: options.client!,
    version: options.version!,
    documents: Object.fromEntries(documents.map(({ text }) => [hashOf(text), text])),
  };
  mkdirSync(options.directory, { recursive: true });
  // Renamed into place: a gateway that looks now reads the old manifest or the new one, whole.
  writeFileSync(`${path}.new`, `${JSON.stringify(manifest, null, 2)}\n`);
  renameSync(`${path}.new`, path);
  const ids = documents.map(({ name, text }) => [name, `sha256:${hashOf(text)}`]);
  return { manifest: path, documents: Object.fromEntries(ids) };
}

function list({ directory }: Options): object {
  const files = readdirSync(directory).filter((name) => name.endsWith('.json'));
  return files.toSorted().map((name) => {
    const path = join(directory, name);
    const { client, version, documents } = parseManifest(path, readFileSync(path, 'utf8'));
    return { client, version, documents: Object.keys(documents).length };
  });
}

function remove(options: Options): object {
  const path = manifestPath(options);
  rmSync(path);
  return { removed: path };
}

function print(result: object, json: boolean): void {
  if (json) process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
  else if (Array.isArray(result)) console.table(result);
  else {
    const { documents = {}, ...rest } = result as { documents?: Record<string, string> };
    for (const [name, value] of Object.entries(rest)) process.stdout.write(`${name}: ${String(value)}\n`);
    for (const [name, id] of Object.entries(documents)) process.stdout.write(`  ${name}  ${id}\n`);
  }
}

function run(args: readonly string[]): void {
  const { values, positionals } = readOptions(args);
  const [command, ...files] = positionals;
  if (values.help || command === undefined) return void process.stdout.write(usage);
  if (command === 'register') return print(register(files, values), values.json);
  if (command === 'list') return print(list(values), values.json);
  if (command === 'remove') return print(remove(values), values.json);
  throw new DocumentError(`There is no command "${command}": it is register, list or remove.`);
}

try {
  run(process.argv.slice(2));
} catch (error) {
  const { code, message } = error as NodeJS.ErrnoException;
  if (!(error instanceof DocumentError) && code !== 'ENOENT') throw error;
  process.stderr.write(`${message}\nSee npm run documents -- --help.\n`);
  process.exitCode = 1;
}
