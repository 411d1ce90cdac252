/** Mercurius' gateway, as its documentation starts it, with or without graphql-jit. */
import mercuriusGateway from '@mercuriusjs/gateway';
import fastify from 'fastify';

process.once('message', async ({ services, header, jit }) => {
  let viewer = header;
  process.on('message', (next) => (viewer = next.header));
  const app = fastify();
  await app.register(mercuriusGateway, {
    gateway: {
      services: Object.entries(services).map(([name, { url, schema }]) => ({
        name,
        url,
        schema,
        rewriteHeaders: () => ({ [viewer.name]: viewer.value }),
      })),
    },
    ...(jit && { jit: 1 }),
  });
  const address = await app.listen({ port: 0, host: '127.0.0.1' });
  process.send(`${address}/graphql`);
});
process.once('disconnect', () => process.exit(0));
