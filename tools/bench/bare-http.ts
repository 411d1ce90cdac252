import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** node:http and nothing else: reads a request whole, and answers so many bytes. */
process.once('message', ({ bytes }: { readonly bytes: number }) => {
  const body = Buffer.alloc(bytes, 'x');
  const server = createServer((request, response) => {
    request.resume().on('end', () => response.writeHead(200, { 'content-length': bytes }).end(body));
  });
  server.listen(0, '127.0.0.1', () =>
    process.send!(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`),
  );
});
process.once('disconnect', () => process.exit(0));
