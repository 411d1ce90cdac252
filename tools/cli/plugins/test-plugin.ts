import { createHmac, randomUUID } from 'node:crypto';
import { checksOf, createSandbox, readPluginFolder, type SendToRemote } from '@marquee/plugin-sdk';
import type { Call, Command } from '../command.ts';
import { exitCodes, UsageError } from '../errors.ts';

export const testPlugin: Command = {
  name: 'test',
  area: 'plugin',
  summary: 'Runs the conformance suite over a plugin, in the sandbox that hosts use',
  forms: ['DIRECTORY [--url URL --secret SECRET]'],
  notes:
    "A remote app's hooks are tested where --url says how to reach it. Exits with 1 where a check fails.",
  options: {
    url: { value: 'URL', help: 'of the remote app, running' },
    secret: { value: 'SECRET', help: 'that the app verifies requests with (whsec_…)' },
  },
  examples: ['test loyal-guests', 'test vat-check --url http://localhost:3000 --secret whsec_…'],
  run: async (call) => {
    const [directory, ...rest] = call.words;
    if (!directory || rest.length > 0) throw new UsageError('Name the directory of one plugin.');
    const send = readRemote(call);
    const sandbox = createSandbox({ threads: 1 });
    let failures = 0;
    try {
      for (const check of checksOf(readPluginFolder(directory), { sandbox, ...(send && { send }) })) {
        const fault = await check.run().then(
          () => null,
          (error: Error) => error.message,
        );
        if (fault !== null) failures++;
        const line = { check: check.name, passed: fault === null, ...(fault !== null && { fault }) };
        const text = `${fault === null ? 'passed' : 'FAILED'}  ${check.name}${fault === null ? '' : `: ${fault}`}`;
        await call.io.out(call.flag('json') ? `${JSON.stringify(line)}\n` : `${text}\n`);
      }
    } finally {
      await sandbox.close();
    }
    return failures > 0 ? exitCodes.failed : exitCodes.done;
  },
};

function readRemote(call: Call): SendToRemote | null {
  const [url, secret] = [call.text('url'), call.text('secret')];
  if (url === undefined) return null;
  if (!URL.canParse(url)) throw new UsageError(`--url must be a URL, not "${url}".`);
  if (!secret?.startsWith('whsec_'))
    throw new UsageError('--secret must be what signs the requests: whsec_….');
  return async (body, genuine) => {
    const [id, timestamp] = [randomUUID(), String(Math.floor(Date.now() / 1000))];
    const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
    const signature = createHmac('sha256', genuine ? key : 'another').update(`${id}.${timestamp}.${body}`);
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'webhook-id': id,
        'webhook-timestamp': timestamp,
        'webhook-signature': `v1,${signature.digest('base64')}`,
      },
      body,
      signal: AbortSignal.timeout(5_000),
    });
    return { status: response.status, text: await response.text() };
  };
}
