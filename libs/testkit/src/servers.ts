import { createConnection } from 'node:net';
import { testEnvironment } from './config.ts';

type ServerName = 'postgres' | 'nats';
const startTimeoutMs = 60_000;

/** The run's own PostgreSQL (URL of a superuser) and NATS, started when first asked for. */
export async function testServers(): Promise<{ readonly postgresUrl: string; readonly natsUrl: string }> {
  const [postgresUrl, natsUrl] = await Promise.all([serverUrl('postgres'), serverUrl('nats')]);
  return { postgresUrl, natsUrl };
}

/** One of them, so that a test of the database alone starts no NATS. */
export async function serverUrl(name: ServerName): Promise<string> {
  const { postgresUrl, natsUrl, hostSocket } = testEnvironment();
  const given = name === 'postgres' ? postgresUrl : natsUrl;
  if (given) return given;
  if (!hostSocket)
    throw new Error(
      'no test servers: run the tests through the root Jest config, whose global setup starts them',
    );
  return askHost(hostSocket, name);
}

/** One line asks, one JSON line answers. */
export function askHost(socketPath: string, name: ServerName): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = createConnection(socketPath, () => socket.write(`${name}\n`));
    socket
      .setEncoding('utf8')
      .setTimeout(startTimeoutMs, () => socket.destroy(new Error(`the test ${name} did not start in time`)));
    socket.on('data', (data: string) => (answer += data));
    socket.once('error', reject);
    socket.once('end', () => {
      const { url, error } = JSON.parse(answer) as { url?: string; error?: string };
      if (url) resolve(url);
      else reject(new Error(error));
    });
  });
}
