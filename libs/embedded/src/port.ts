import { randomInt } from 'node:crypto';
import { connect, createServer } from 'node:net';

/** Below those that a system gives to whoever asks for any: Linux from 32768, others from 49152. */
const [lowest, highest] = [10_240, 32_767];

/**
 * `preferred` where nothing on 127.0.0.1 holds it, else one that is free and stays so: the system gives it to nobody
 * before it is used, nor while a server that has it is away for a moment.
 */
export async function findFreePort(preferred = 0): Promise<number> {
  const given = preferred === 0 ? null : await tryPort(preferred);
  if (given !== null) return given;
  for (let attempt = 0; attempt < 100; attempt++) {
    const port = await tryPort(randomInt(lowest, highest + 1));
    if (port !== null) return port;
  }
  return (await tryPort(0)) ?? 0;
}

function tryPort(port: number): Promise<number | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(null));
    server.listen({ port, host: '127.0.0.1' }, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : null));
    });
  });
}

/** Whether something accepts connections there and, where `greeting` is given, speaks first with these words. */
export function answersOn(port: number, greeting?: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    const finish = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(1000, () => finish(false));
    socket.once('error', () => finish(false));
    if (greeting) socket.once('data', (data) => finish(data.toString('latin1').startsWith(greeting)));
    else socket.once('connect', () => finish(true));
  });
}
