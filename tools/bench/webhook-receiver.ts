// Takes webhooks in a process of its own, so that what receives costs the sender nothing but the machine.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

let agesMs: number[] = [];
const server = createServer((request, response) => {
  let body = '';
  request.setEncoding('utf8').on('data', (text: string) => (body += text));
  request.on('end', () => {
    const { time } = JSON.parse(body) as { time: string };
    agesMs.push(Date.now() - Date.parse(time));
    response.writeHead(204).end();
  });
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => process.send!({ port: (server.address() as AddressInfo).port }));
process.on('message', (asked: 'count' | 'take') => {
  if (asked === 'count') process.send!({ count: agesMs.length });
  else {
    process.send!({ agesMs });
    agesMs = [];
  }
});
process.on('disconnect', () => process.exit(0));
