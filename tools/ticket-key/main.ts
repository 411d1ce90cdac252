import { chmodSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { ticketKeyFile } from './config.ts';
import { readKeyFile, rotate, signingKey, successors, type KeyFile } from './rotate.ts';

const usage = `npm run ticket-key -- list
npm run ticket-key -- rotate [--lead-hours N] [--keep-days N]

The keys by which tickets are signed, in MARQUEE_TICKET_KEY_FILE (default: that of the platform in .marquee).
list     which keys there are, which one signs, and from and until when; no private part is shown
rotate   adds a successor; restart the ticket service once, and it is published at once and signs from its time on

  --lead-hours N   until it signs (default 48): every device must have fetched the keys by then
  --keep-days N    how long the keys before it go on verifying after that (default: for good). Not less than
                   tickets are sold ahead: with its key a ticket becomes worthless
`;

class Fault extends Error {}

function run(): string {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      'lead-hours': { type: 'string', default: '48' },
      'keep-days': { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  const [command, ...more] = positionals;
  if (values.help) return usage;
  if ((command !== 'list' && command !== 'rotate') || more.length > 0) throw new Fault('Say list or rotate.');
  const path = ticketKeyFile();
  if (!existsSync(path)) throw new Fault(`There is no ${path}: the first npm start makes it.`);
  const now = new Date();
  const file = readKeyFile(readFileSync(path, 'utf8'));
  if (command === 'list') return describe(file, now);
  if (successors(file, now).length > 0)
    throw new Fault(`A successor waits for its turn already:\n${describe(file, now)}`);
  const leadHours = numberOf('--lead-hours', values['lead-hours']);
  const keepDays = values['keep-days'] === undefined ? null : numberOf('--keep-days', values['keep-days']);
  const rotated = rotate(file, now, { leadHours, keepDays });
  replace(path, rotated);
  return `${describe(rotated, now)}Restart the ticket service: it publishes the new key, and signs with it from its time on.\n`;
}

function numberOf(name: string, given: string): number {
  const number = Number(given);
  if (given.trim() === '' || !Number.isFinite(number) || number < 0 || number > 36_500)
    throw new Fault(`${name} must be a number from 0 to 36500, not "${given}".`);
  return number;
}

/** Renamed into place: whoever reads it finds the old keys or all of them. */
function replace(path: string, file: KeyFile): void {
  writeFileSync(`${path}.new`, `${JSON.stringify(file, null, 2)}\n`, { mode: 0o600 });
  chmodSync(`${path}.new`, 0o600);
  renameSync(`${path}.new`, path);
}

function describe(file: KeyFile, now: Date): string {
  const signs = signingKey(file, now);
  const date = (at: number | undefined) => (at === undefined ? null : new Date(at * 1_000).toISOString());
  const lines = file.keys.map((key) => {
    const state = key === signs ? 'signs' : (key.nbf ?? 0) * 1_000 > now.getTime() ? 'waits' : 'verifies';
    const ended = key.exp !== undefined && key.exp * 1_000 <= now.getTime();
    return `${key.x.slice(0, 12)}…  ${ended ? 'ended' : state}, from ${date(key.nbf) ?? 'the beginning'} until ${date(key.exp) ?? 'no end'}\n`;
  });
  return lines.join('');
}

try {
  process.stdout.write(run());
} catch (error) {
  const misused = (error as NodeJS.ErrnoException).code?.startsWith('ERR_PARSE_ARGS') ?? false;
  if (!(error instanceof Fault) && !misused) throw error;
  process.stderr.write(`${(error as Error).message}\nSee npm run ticket-key -- --help.\n`);
  process.exitCode = 2;
}
