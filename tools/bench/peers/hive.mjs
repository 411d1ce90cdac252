/** Hive Gateway as a library over node:http, as its documentation starts it, with either of its runtimes. */
import { createServer } from 'node:http';
import { createGatewayRuntime } from '@graphql-hive/gateway-runtime';
import { unifiedGraphHandler } from '@graphql-hive/router-runtime';

process.once('message', async ({ supergraph, header, router }) => {
  let viewer = header;
  process.on('message', (next) => (viewer = next.header));
  const runtime = createGatewayRuntime({
    supergraph,
    logging: false,
    ...(router && { unifiedGraphHandler }),
    propagateHeaders: { fromClientToSubgraphs: () => ({ [viewer.name]: viewer.value }) },
  });
  const server = createServer(runtime);
  server.listen(0, '127.0.0.1', () => {
    process.send(`http://127.0.0.1:${server.address().port}/graphql`);
  });
});
process.once('disconnect', () => process.exit(0));
