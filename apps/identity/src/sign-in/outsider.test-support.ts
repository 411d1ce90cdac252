import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { findFreePort } from '@marquee/embedded';
import Provider, { type Configuration } from 'oidc-provider';
import type { ExternalIssuer } from './external.ts';

/** What the outsider says of whoever signs in there. */
export type Persona = {
  readonly sub: string;
  readonly email: string;
  readonly email_verified: boolean;
  readonly name?: string;
};

type Visiting = {
  /** The browser's; the next visit with the same ones finds it signed in. */
  readonly cookies?: Map<string, string>;
  /** What the outsider makes of what it is asked, where that is something else. */
  readonly mishear?: (asked: URLSearchParams) => void;
};

/** Another OpenID provider, of other people, as a server of its own; everybody who comes is let in as `persona`. */
export async function startOutsider(redirectUri: string) {
  let persona: Persona = { sub: 'nobody', email: 'nobody@example.com', email_verified: false };
  let secondsAgo = 0;
  let logins = 0;
  const port = await findFreePort();
  let server = await listen(port);
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
    if (prompt.name === 'login') logins += 1;
    const login = { accountId, ts: Math.floor(Date.now() / 1_000) - secondsAgo };
    await provider.interactionFinished(request, response, { login, ...consent });
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
    /** Who the next one is who comes, and how long ago it was asked who it is, whatever it should have been asked. */
    become: (who: Persona, askedSecondsAgo = 0) => {
      persona = who;
      secondsAgo = askedSecondsAgo;
    },
    /** How often somebody had to sign in there. */
    logins: () => logins,
    /** What a browser does there, from our redirection to the address that it is sent back to. */
    visit: async (
      authorization: string,
      { cookies = new Map(), mishear = () => undefined }: Visiting = {},
    ): Promise<URL> => {
      const asked = new URL(authorization);
      mishear(asked.searchParams);
      let at = asked.href;
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
