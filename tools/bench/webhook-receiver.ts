// Takes webhooks in a process of its own, so that what receives costs the sender nothing but the machine. What comes to
// `/` is counted, to `/well` not. At `/hangs` no answer comes, and at `/drips` one without end; both end when the
// benchmark has seen enough.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

let agesMs: number[] = [];
const unanswered = new Set<ServerResponse>();
const server = createServer((request, response) => {
  const { url } = request;
  if (url !== '/' && url !== '/well') return leaveWaiting(request, response);
  let body = '';
  request.setEncoding('utf8').on('data', (text: string) => (body += text));
  request.on('end', () => {
    const { time } = JSON.parse(body) as { time: string };
    if (url === '/') agesMs.push(Date.now() - Date.parse(time));
    response.writeHead(204).end();
  });
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => process.send!({ port: (server.address() as AddressInfo).port }));

function leaveWaiting(request: IncomingMessage, response: ServerResponse): void {
  request.resume();
  unanswered.add(response);
  const dripping = request.url === '/drips' && setInterval(() => response.write('.'), 200);
  response.on('close', () => {
    unanswered.delete(response);
    if (dripping) clearInterval(dripping);
  });
}

process.on('message', (asked: 'count' | 'take' | 'hang up') => {
  if (asked === 'hang up') {
    for (const response of unanswered) response.destroy();
    process.send!({ hungUp: true });
  } else if (asked === 'count') process.send!({ count: agesMs.length });
  else {
    process.send!({ agesMs });
    agesMs = [];
  }
});
process.on('disconnect', () => process.exit(0));
