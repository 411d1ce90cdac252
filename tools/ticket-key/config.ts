import { join } from 'node:path';
import { keysDirectory } from '../token/config.ts';

/** The file of the keys that sign tickets: MARQUEE_TICKET_KEY_FILE, else that of this machine's platform. */
export function ticketKeyFile(env: NodeJS.ProcessEnv = process.env): string {
  return env['MARQUEE_TICKET_KEY_FILE'] || join(keysDirectory(env), 'ticket-signing.jwk.json');
}
