import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { createGraphClient } from '../client/graph-client.ts';
import { readRunning } from '../start/run-state.ts';
import { keysDirectory } from '../token/config.ts';
import { issueToken } from '../token/issuer.ts';
import { UsageError } from '../token/request.ts';
import { decodeCalendar } from './decode-calendar.ts';
import { importFile, ImportRefusedError, type ImportCounts } from './import-file.ts';
import { formatProgress, formatReport } from './report.ts';
import { parseImportCommand, usage, type ImportCommand } from './request.ts';

/** As long as the slowest request may take at the gateway, and a little more. */
const timeoutMs = 60_000;
const isTerminal = process.stderr.isTTY;

async function readBytes(file: string): Promise<Buffer> {
  if (file === '-') return buffer(process.stdin);
  return readFile(file).catch((error: unknown) => {
    throw new UsageError(`${file} cannot be read: ${(error as Error).message}`);
  });
}

function showProgress(done: number, total: number, counts: ImportCounts): void {
  const line = formatProgress(done, total, counts);
  process.stderr.write(isTerminal ? `\r\x1b[K${line}` : `${line}\n`);
}

async function connect({ url, access }: ImportCommand) {
  const found = url ?? readRunning(dirname(keysDirectory()))?.url;
  if (!found)
    throw new UsageError('No platform runs on this home: start one with npm start, or name its --url.');
  const token = 'token' in access ? access.token : await issueToken(keysDirectory(), access.request);
  return createGraphClient({ url: found, token, client: 'marquee import', timeoutMs, connections: 1 });
}

async function run(): Promise<void> {
  const command = parseImportCommand(process.argv.slice(2));
  if (!command) return void process.stdout.write(usage);
  const { text, warning } = decodeCalendar(await readBytes(command.file));
  if (!/^\s*BEGIN:V/im.test(text))
    throw new UsageError(`${command.file} holds no calendar: there is no BEGIN:VCALENDAR in it.`);
  if (warning) process.stderr.write(`${warning}\n`);
  const client = await connect(command);
  try {
    const report = await importFile({
      client,
      text,
      ...(command.spaceId !== undefined && { spaceId: command.spaceId }),
      ...(command.timeZone !== undefined && { timeZone: command.timeZone }),
      onProgress: showProgress,
    });
    if (isTerminal) process.stderr.write('\r\x1b[K');
    process.stdout.write(`${formatReport(command.file, report)}\n`);
    if (command.json) process.stdout.write(`${JSON.stringify(report)}\n`);
  } finally {
    await client.close();
  }
}

run().catch((error: unknown) => {
  const expected = error instanceof UsageError || error instanceof ImportRefusedError;
  process.stderr.write(`${isTerminal ? '\r\x1b[K' : ''}${(error as Error).message}\n`);
  if (error instanceof UsageError) process.stderr.write('See npm run import -- --help.\n');
  if (!expected && !/^the graph answered|ECONN|timeout/i.test((error as Error).message)) {
    process.stderr.write(`${(error as Error).stack}\n`);
  }
  process.exitCode = error instanceof UsageError ? 2 : 1;
});
