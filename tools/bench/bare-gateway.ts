import { readFileSync } from 'node:fs';
import { ApolloGateway, RemoteGraphQLDataSource } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import { signViewer, viewerHeader, type Viewer } from '@marquee/subgraph';

/** What the parent sends: the same supergraph, subgraphs, secret and viewer as the platform's own gateway has. */
export type BareGatewayPlan = {
  readonly supergraphFile: string;
  /** Where each subgraph answers, by its name. */
  readonly subgraphUrls: Readonly<Record<string, string>>;
  readonly internalSecret: string;
  readonly viewer: Viewer;
};

/**
 * The gateway as its documentation starts it. The one addition is the signed viewer that the subgraphs insist on,
 * signed anew twice a minute, since a request of its own would not cost the peer a signature either.
 */
async function start(plan: BareGatewayPlan): Promise<string> {
  let signed = { header: '', untilMs: 0 };
  const header = (): string => {
    if (Date.now() > signed.untilMs) {
      signed = { header: signViewer(plan.viewer, plan.internalSecret), untilMs: Date.now() + 30_000 };
    }
    return signed.header;
  };
  const gateway = new ApolloGateway({
    supergraphSdl: readFileSync(plan.supergraphFile, 'utf8'),
    buildService: ({ name, url }) =>
      new RemoteGraphQLDataSource({
        url: plan.subgraphUrls[name] ?? url!,
        willSendRequest: ({ request }) => request.http?.headers.set(viewerHeader, header()),
      }),
  });
  const { url } = await startStandaloneServer(new ApolloServer({ gateway }), {
    listen: { port: 0, host: '127.0.0.1' },
  });
  return url;
}

process.once('message', (plan) => {
  void start(plan as BareGatewayPlan).then((url) => process.send!(url));
});
process.once('disconnect', () => process.exit(0));
