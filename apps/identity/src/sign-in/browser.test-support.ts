import { createHash, randomBytes } from 'node:crypto';
import { signCaller, callerHeader } from '@marquee/subgraph';
import { internalSecret } from '@marquee/testkit/graph';
import { givenOrganisation, type World } from '../harness.test-support.ts';
import { explorerClientId } from '../tokens/issuer.ts';
import { storePassword } from './passwords.ts';

export const publicUrl = 'http://localhost:4000';
export const password = 'correct horse battery';

type Cookie = { readonly value: string; readonly path: string };

export type Reply = {
  readonly status: number;
  readonly path: string;
  readonly text: string;
  readonly headers: Headers;
};

export type Tokens = {
  readonly access_token: string;
  readonly refresh_token: string;
  readonly id_token: string;
  readonly error?: string;
};

/** A browser as far as signing in needs one: cookies by path, forms, redirects. It thinks that the server is the platform. */
export function createBrowser(serverUrl: string, address = '198.51.100.7') {
  const cookies = new Map<string, Cookie>();

  const keep = (response: Response) => {
    for (const line of response.headers.getSetCookie()) {
      const [pair = '', ...attributes] = line.split(/;\s*/);
      const [name = '', value = ''] = pair.split(/=(.*)/s);
      const path = attributes.find((each) => /^path=/i.test(each))?.slice(5) ?? '/';
      const isGone = attributes.some((each) => /^expires=Thu, 01 Jan 1970/i.test(each)) || value === '';
      if (isGone) cookies.delete(`${name} ${path}`);
      else cookies.set(`${name} ${path}`, { value, path });
    }
  };

  const once = async (path: string, form?: Record<string, string>, headers: Record<string, string> = {}) => {
    const bare = path.split('?')[0]!;
    const cookie = [...cookies]
      .filter(([, each]) => bare.startsWith(each.path))
      .map(([key, { value }]) => `${key.split(' ')[0]!}=${value}`)
      .join('; ');
    const response = await fetch(`${serverUrl}${path}`, {
      method: form ? 'POST' : 'GET',
      redirect: 'manual',
      headers: {
        ...(cookie && { cookie }),
        ...(form && { 'content-type': 'application/x-www-form-urlencoded', origin: publicUrl }),
        [callerHeader]: signCaller({ address }, internalSecret),
        ...headers,
      },
      ...(form && { body: new URLSearchParams(form).toString() }),
    });
    keep(response);
    return response;
  };

  /** Follows redirects as long as they stay on the platform's own pages. */
  const go = async (
    path: string,
    form?: Record<string, string>,
    headers?: Record<string, string>,
  ): Promise<Reply> => {
    let [at, response] = [path, await once(path, form, headers)];
    for (let hops = 0; hops < 10; hops++) {
      const location = response.headers.get('location');
      if (!location || response.status < 300 || response.status > 399) break;
      at = location.replace(publicUrl, '');
      if (!at.startsWith('/') || at.startsWith('/explorer')) break;
      response = await once(at);
    }
    return { status: response.status, path: at, text: await response.text(), headers: response.headers };
  };

  return { go, once };
}

export type Browser = ReturnType<typeof createBrowser>;

/** Begins to sign in for the explorer. Answers where the page is, and how to get tokens for the code at the end. */
export async function beginSignIn(browser: Browser, parameters: Record<string, string> = {}) {
  const verifier = randomBytes(32).toString('base64url');
  const question = new URLSearchParams({
    client_id: explorerClientId,
    response_type: 'code',
    redirect_uri: `${publicUrl}/explorer`,
    scope: 'openid profile email offline_access graph',
    state: 'state',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    ...parameters,
  });
  const page = await browser.go(`/oidc/auth?${question.toString()}`);
  const redeem = (form: Record<string, string>) => tokensFor(browser, form);
  return {
    page,
    at: page.path,
    uid: page.path.split('/')[2]!,
    /** The tokens for the code in the address to which the browser was sent at the end. */
    tokens: (end: Reply) =>
      redeem({
        grant_type: 'authorization_code',
        code: new URLSearchParams(end.path.split('?')[1]).get('code') ?? '',
        redirect_uri: `${publicUrl}/explorer`,
        code_verifier: verifier,
      }),
  };
}

export async function tokensFor(browser: Browser, form: Record<string, string>): Promise<Tokens> {
  const response = await browser.once('/oidc/token', { client_id: explorerClientId, ...form });
  return (await response.json()) as Tokens;
}

export const refresh = (browser: Browser, refreshToken: string) =>
  tokensFor(browser, { grant_type: 'refresh_token', refresh_token: refreshToken });

/** An owner with a password, and a fresh browser. */
export async function givenOwner({ services }: World, serverUrl: string) {
  const organisation = await givenOrganisation(services);
  await storePassword(services.database, organisation.owner.accountId, password);
  return { ...organisation, browser: createBrowser(serverUrl) };
}
