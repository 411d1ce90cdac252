import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from '../charts/helm.ts';
import { contentsOf } from './contents.ts';
import { bytesOf, layOut } from './lay-out.ts';
import { strangersIn } from './strangers.ts';
import { toolFaults, warm } from './warm.ts';

const usage = `npm run image -- [--out FOLDER] [--start] [--json]

Lays out what the image holds, as the Dockerfile does: the services' sources without tests, the packages that they import, a bill of
materials (sbom.json), and Node's compile cache, for which each service is started once. Exits 1 when one lacks something.

  --out FOLDER   where to (an empty or new folder); without it a temporary one, deleted afterwards
  --start        starts each service from there too, as the chart would, without a database: as root, in a root directory of its
                 own that nobody can write to, by an unprivileged user
  --json         ends with one line of JSON: { bytes, files, packages, services }
`;

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      out: { type: 'string' },
      start: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(usage);
    return 0;
  }
  const out = values.out ? resolve(values.out) : mkdtempSync(join(tmpdir(), 'marquee-image-'));
  if (existsSync(out) && readdirSync(out).length > 0) {
    process.stderr.write(`${out} is not empty: name another folder.\n`);
    return 2;
  }
  mkdirSync(out, { recursive: true });
  try {
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
    const contents = contentsOf(root);
    const files = layOut(root, contents, out, version);
    const warmed = warm(out);
    for (const { app, fault } of warmed)
      process.stdout.write(fault === undefined ? `✓ ${app} has all that it loads\n` : `✗ ${app}: ${fault}\n`);
    const bytes = bytesOf(out);
    const services = warmed.map(({ app }) => app);
    process.stdout.write(
      `${files.length} files, ${contents.packages.length} packages, ${(bytes / 1024 / 1024).toFixed(1)} MiB, of which ` +
        `${(bytesOf(join(out, '.compile-cache')) / 1024 / 1024).toFixed(1)} MiB are compiled\n`,
    );
    if (values.json)
      process.stdout.write(
        `${JSON.stringify({ bytes, files: files.length, packages: contents.packages.length, services })}\n`,
      );
    const strangers = [...strangersIn(out, root), ...toolFaults(out)];
    for (const each of strangers) process.stdout.write(`✗ ${each}\n`);
    const lacking = strangers.length > 0 || warmed.some(({ fault }) => fault !== undefined);
    if (lacking || !values.start) return lacking ? 1 : 0;
    // Late: building an image needs neither Helm nor servers.
    const { answers } = await import('./answers.ts');
    const { mayJail } = await import('./jail.ts');
    const faults = await answers(out, services, `${out}.run`);
    for (const fault of faults) process.stdout.write(`✗ ${fault}\n`);
    if (faults.length === 0)
      process.stdout.write(
        `✓ all ${services.length} services start from it and live${mayJail() ? ', read-only and as an unprivileged user' : ''}\n`,
      );
    return faults.length === 0 ? 0 : 1;
  } finally {
    rmSync(`${out}.run`, { recursive: true, force: true });
    if (!values.out) rmSync(out, { recursive: true, force: true });
  }
}

process.exitCode = await main();
