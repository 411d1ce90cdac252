/**
 * Signing in, in the explorer's page: OpenID Connect's code flow with PKCE, as any single-page application would. The token
 * goes with requests that carry none of their own, and is refreshed before it expires. It is kept for this tab alone.
 */
const script = (publicUrl: string) => `
(() => {
  const base = ${JSON.stringify(publicUrl)}, client = 'marquee-explorer', redirect = base + '/explorer';
  const plain = window.fetch.bind(window), kept = sessionStorage, key = 'marquee-explorer';
  const read = () => JSON.parse(kept.getItem(key) ?? 'null');
  const ask = async (path, form) => plain(base + '/oidc/' + path, {
    method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ client_id: client, ...form }).toString(),
  });
  const take = async (form) => {
    const tokens = await (await ask('token', form)).json();
    if (tokens.access_token)
      kept.setItem(key, JSON.stringify({ ...tokens, until: Date.now() + (tokens.expires_in - 30) * 1000 }));
    else kept.removeItem(key);
    show();
    return read();
  };
  let refreshing;
  const fresh = async () => {
    const tokens = read();
    if (!tokens || tokens.until > Date.now()) return tokens;
    refreshing ??= take({ grant_type: 'refresh_token', refresh_token: tokens.refresh_token });
    return refreshing.finally(() => { refreshing = undefined; });
  };
  window.fetch = async (input, init = {}) => {
    const url = new URL(typeof input === 'string' ? input : input.url ?? String(input), location.href);
    const headers = new Headers(init.headers);
    if (url.pathname !== '/graphql' || /^bearer \\S/i.test(headers.get('authorization') ?? '')) return plain(input, init);
    const tokens = await fresh();
    if (tokens) headers.set('authorization', 'Bearer ' + tokens.access_token);
    return plain(input, { ...init, headers });
  };
  const base64 = (bytes) => btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
  const signIn = async () => {
    const verifier = base64(crypto.getRandomValues(new Uint8Array(32)));
    const state = base64(crypto.getRandomValues(new Uint8Array(16)));
    const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier));
    kept.setItem(key + '-asked', JSON.stringify({ verifier, state }));
    location.assign(base + '/oidc/auth?' + new URLSearchParams({
      client_id: client, response_type: 'code', redirect_uri: redirect, state,
      scope: 'openid profile email offline_access graph',
      code_challenge: base64(new Uint8Array(digest)), code_challenge_method: 'S256',
    }));
  };
  const signOut = async () => {
    const tokens = read();
    kept.removeItem(key);
    show();
    if (tokens) await ask('token/revocation', { token: tokens.refresh_token, token_type_hint: 'refresh_token' });
  };
  const button = document.createElement('button');
  button.style.cssText = 'position:fixed;right:5rem;top:.6rem;z-index:9;font:inherit;padding:.3rem .8rem;cursor:pointer';
  const show = () => { button.textContent = read() ? 'Sign out' : 'Sign in'; };
  button.addEventListener('click', () => (read() ? signOut() : signIn()));
  document.addEventListener('DOMContentLoaded', () => { show(); document.body.append(button); });
  const answer = new URLSearchParams(location.search);
  const asked = JSON.parse(kept.getItem(key + '-asked') ?? 'null');
  if (answer.has('code') && asked && asked.state === answer.get('state')) {
    kept.removeItem(key + '-asked');
    history.replaceState(null, '', '/explorer');
    void take({ grant_type: 'authorization_code', code: answer.get('code'), redirect_uri: redirect, code_verifier: asked.verifier });
  } else if (answer.has('sign-in')) void signIn();
})();`;

/** The explorer's page with a way to sign in; as it was where the platform's address is not known. */
export function withSignIn(page: string, publicUrl: string | undefined): string {
  if (!publicUrl) return page;
  return page.replace('<head>', () => `<head><script>${script(publicUrl)}</script>`);
}
