import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider, { type Configuration } from 'oidc-provider';
import type { ExternalIssuer } from './external.ts';

/** What the outsider says of whoever signs in there. */
export type Persona = {
  readonly sub: string;
  readonly email: string;
  readonly email_verified: boolean;
  readonly name?: string;
};

/** Another OpenID provider, of other people, as a server of its own; everybody who comes is let in as `persona`. */
export async function startOutsider(redirectUri: string) {
  let persona: Persona = { sub: 'nobody', email: 'nobody@example.com', email_verified: false };
  let server = await listen(0);
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  const settings: ExternalIssuer = {
    name: 'outsider',
    label: 'Outsider',
    issuer: url,
    clientId: 'marquee',
    clientSecret: 'the secret that the outsider gave us',
  };
  const provider = new Provider(
    url,
    configurationOf(settings, redirectUri, () => persona),
  );
  provider.on('server_error', () => undefined);
  const letIn = async (request: IncomingMessage, response: ServerResponse) => {
    const { params, session, prompt } = await provider.interactionDetails(request, response);
    const accountId = session?.accountId ?? persona.sub;
    const grant = new provider.Grant({ accountId, clientId: String(params['client_id']) });
    grant.addOIDCScope('openid email profile');
    const consent = prompt.name === 'consent' ? { consent: { grantId: await grant.save() } } : {};
    await provider.interactionFinished(request, response, { login: { accountId }, ...consent });
  };
  const serve = (on: Server) =>
    on.on('request', (request, response) => {
      const isOurs = request.url?.startsWith('/interaction');
      void (isOurs ? letIn(request, response) : provider.callback()(request, response));
    });
  serve(server);
  const stop = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return {
    settings,
    /** Who the next one is who comes. */
    become: (who: Persona) => void (persona = who),
    /** What a browser does there, from our redirection to the address that it is sent back to. */
    visit: async (authorization: string): Promise<URL> => {
      const cookies = new Map<string, string>();
      let at = authorization;
      for (let hops = 0; hops < 10 && at.startsWith(url); hops++) {
        const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
        const response = await fetch(at, { redirect: 'manual', headers: { cookie } });
        for (const line of response.headers.getSetCookie()) {
          const [name = '', value = ''] = line.split(';')[0]!.split(/=(.*)/s);
          cookies.set(name, value);
        }
        const location = response.headers.get('location');
        if (!location) throw new Error(`the outsider answered ${response.status}: ${await response.text()}`);
        at = new URL(location, at).href;
      }
      return new URL(at);
    },
    stop,
    comeBack: async () => {
      server = await listen(port);
      serve(server);
    },
  };
}

function listen(port: number): Promise<Server> {
  const server = createServer();
  return new Promise((resolve) => server.listen(port, '127.0.0.1', () => resolve(server)));
}

function configurationOf(
  { clientId, clientSecret }: ExternalIssuer,
  redirectUri: string,
  persona: () => Persona,
): Configuration {
  return {
    clients: [{ client_id: clientId, client_secret: clientSecret, redirect_uris: [redirectUri] }],
    pkce: { required: () => true },
    cookies: { keys: ['of the outsider'] },
    claims: { email: ['email', 'email_verified'], profile: ['name'] },
    // What is asked for by scope is in the identity token itself, as with the large providers.
    conformIdTokenClaims: false,
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_, { uid }) => `/interaction/${uid}` },
    findAccount: (_, accountId) => ({ accountId, claims: async () => ({ ...persona(), sub: accountId }) }),
    ttl: { Session: 60, Grant: 60, Interaction: 60, IdToken: 60, AccessToken: 60 },
  };
}
