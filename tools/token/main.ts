import { decodeJwt } from 'jose';
import { keysDirectory } from './config.ts';
import { issueToken } from './issuer.ts';
import { parseCommandLine, usage, UsageError } from './request.ts';

async function run(args: readonly string[]): Promise<string> {
  const commandLine = parseCommandLine(args);
  if (commandLine.help) return usage;
  const token = await issueToken(keysDirectory(), commandLine.request);
  return commandLine.json
    ? `${JSON.stringify({ token, claims: decodeJwt(token) }, null, 2)}\n`
    : `${token}\n`;
}

try {
  process.stdout.write(await run(process.argv.slice(2)));
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  process.stderr.write(`${error.message}\nSee npm run token -- --help.\n`);
  process.exitCode = 2;
}
