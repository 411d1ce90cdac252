// Takes one webhook, says whether it is genuine, and ends.
import { createServer } from 'node:http';
import { verifyWebhook } from '@marquee/sdk';

const [, , port, secret] = process.argv;

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    void verifyWebhook(secret!, request.headers, Buffer.concat(chunks))
      .then(({ type, test }) => ({ status: 204, said: { verified: true, type, test } }))
      .catch((error: Error) => ({ status: 400, said: { verified: false, because: error.message } }))
      .then(({ status, said }) => {
        response.writeHead(status).end();
        process.stdout.write(`${JSON.stringify(said)}\n`);
        server.close();
        server.closeIdleConnections();
      });
  });
});
server.listen(Number(port), '127.0.0.1');
