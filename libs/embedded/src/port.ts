import { connect, createServer } from 'node:net';

/** `preferred` where nothing on 127.0.0.1 holds it, else a port that the system picks. */
export async function findFreePort(preferred = 0): Promise<number> {
  return (await tryPort(preferred)) ?? (await tryPort(0)) ?? 0;
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
