import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hostVersion } from '@marquee/plugin-sdk';
import type { Command } from '../command.ts';
import { CliError, exitCodes, UsageError } from '../errors.ts';

export const newPlugin: Command = {
  name: 'new',
  area: 'plugin',
  summary: 'Lays out a plugin that works: manifest, code and samples',
  forms: ['NAME [--directory DIRECTORY]'],
  notes: 'NAME is lower case with dashes, such as loyal-guests. What is there is left as it is.',
  options: { directory: { value: 'DIRECTORY', help: 'where (default: NAME)' } },
  examples: ['new loyal-guests'],
  run: async (call) => {
    const [name, ...rest] = call.words;
    if (!name || rest.length > 0 || !/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name))
      throw new UsageError('Name the plugin: lower case with dashes, such as loyal-guests.');
    const directory = call.text('directory') ?? name;
    if (existsSync(directory)) throw new CliError(`${directory} is there already.`);
    mkdirSync(directory, { recursive: true });
    const files = filesOf(name);
    for (const [file, content] of Object.entries(files)) writeFileSync(join(directory, file), content);
    const made = { directory, files: Object.keys(files) };
    const text = `${directory} has ${made.files.join(', ')}.\nNext: npx marquee plugin test ${directory}`;
    await call.io.out(call.flag('json') ? `${JSON.stringify(made)}\n` : `${text}\n`);
    return exitCodes.done;
  },
};

const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;

function filesOf(name: string): Readonly<Record<string, string>> {
  const title = `${name[0]!.toUpperCase()}${name.slice(1).replaceAll('-', ' ')}`;
  const line = {
    ticketTypeId: '01980000-0000-7000-8000-000000000001',
    occurrenceId: '01980000-0000-7000-8000-000000000002',
    startsAt: '2027-03-20T19:00:00.000Z',
    quantity: 2,
    unitPrice: { amountMinor: '4900', currency: 'EUR' },
  };
  return {
    'plugin.json': json({
      manifest: 1,
      name,
      title,
      summary: 'Takes a fixed amount off each ticket.',
      version: '0.1.0',
      host: `^${hostVersion}`,
      scopes: [],
      hooks: [{ point: 'price-adjustment', runs: 'sandbox', timeBudgetMs: 50, failure: 'open' }],
      settings: { cents: { type: 'integer', title: 'Cents off each ticket', minimum: 1, default: 100 } },
      secrets: {},
      egress: [],
    }),
    'plugin.js': `/** @type {import('@marquee/plugin-sdk').Hook<'price-adjustment'>} */
export function priceAdjustment({ lines }, { settings }) {
  return {
    discounts: lines.map(({ quantity }, line) => ({ line, amountMinor: String(settings.cents * quantity) })),
  };
}
`,
    'samples.json': json([
      {
        point: 'price-adjustment',
        about: 'takes the amount off each ticket',
        settings: { cents: 250 },
        input: { now: '2027-01-10T12:00:00.000Z', lines: [line] },
        output: { discounts: [{ line: 0, amountMinor: '500' }] },
      },
    ]),
  };
}
