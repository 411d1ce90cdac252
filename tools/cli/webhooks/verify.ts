import { readFileSync } from 'node:fs';
import { verifyWebhook } from '@marquee/sdk';
import { parseCount, type Call, type Command } from '../command.ts';
import { CliError, exitCodes, UsageError } from '../errors.ts';

export const verify: Command = {
  name: 'verify',
  isTopLevel: true,
  summary: 'Says whether a webhook that was received is genuine, and if not, why',
  forms: ['FILE --key KEY --id ID --timestamp SECONDS --signature TEXT'],
  notes: 'FILE holds the body exactly as it came. Asks no platform.',
  options: {
    key: { value: 'KEY', many: true, help: 'the secret (whsec_…) or the public key (whpk_…)' },
    id: { value: 'ID', help: 'the header webhook-id' },
    timestamp: { value: 'SECONDS', help: 'the header webhook-timestamp' },
    signature: { value: 'TEXT', help: 'the header webhook-signature' },
    tolerance: { value: 'SECONDS', help: 'how old it may be (default: 300)' },
  },
  examples: ['verify body.json --key whsec_… --id dlv_… --timestamp 1805569200 --signature v1,…'],
  run: async (call) => {
    const { headers, body } = readMessage(call);
    const toleranceSeconds = parseCount(call, 'tolerance', 300);
    const event = await verifyWebhook(call.all('key'), headers, body, { toleranceSeconds }).catch(
      (error: Error) => {
        throw new CliError(`Not genuine: ${error.message}`);
      },
    );
    const { type, id } = event;
    await call.io.out(
      call.flag('json') ? `${JSON.stringify({ genuine: true, type, id })}\n` : `Genuine: ${type} ${id}\n`,
    );
    return exitCodes.done;
  },
};

function readMessage(call: Call) {
  const [file, ...rest] = call.words;
  if (!file || rest.length > 0) throw new UsageError('Name one file that holds the body.');
  if (call.all('key').length === 0) throw new UsageError('Give the secret or the public key: --key.');
  const headers = Object.fromEntries(
    (['id', 'timestamp', 'signature'] as const).map((name) => [`webhook-${name}`, call.text(name)]),
  );
  try {
    return { headers, body: readFileSync(file) };
  } catch {
    throw new UsageError(`${file} cannot be read.`);
  }
}
