import { writeFileSync } from 'node:fs';
import { packPlugin, readPackage, readPluginFolder } from '@marquee/plugin-sdk';
import type { Command } from '../command.ts';
import { exitCodes, UsageError } from '../errors.ts';

export const packCommand: Command = {
  name: 'pack',
  area: 'plugin',
  summary: 'Makes one file of a plugin, always the same for the same plugin',
  forms: ['DIRECTORY [--out FILE]'],
  notes: 'Manifest and code, as canonical JSON. Samples stay at home.',
  options: { out: { value: 'FILE', help: 'the package (default: NAME-VERSION.json)' } },
  examples: ['pack loyal-guests --out loyal-guests.json'],
  run: async (call) => {
    const [directory, ...rest] = call.words;
    if (!directory || rest.length > 0) throw new UsageError('Name the directory of one plugin.');
    const { manifest, code } = readPluginFolder(directory);
    const text = packPlugin(manifest, code);
    const { name, version } = readPackage(text).manifest;
    const file = call.text('out') ?? `${name}-${version}.json`;
    writeFileSync(file, text);
    const made = { file, name, version, bytes: Buffer.byteLength(text) };
    await call.io.out(
      call.flag('json') ? `${JSON.stringify(made)}\n` : `${file}: ${name} ${version}, ${made.bytes} bytes\n`,
    );
    return exitCodes.done;
  },
};
