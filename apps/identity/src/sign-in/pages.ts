import { randomBytes } from 'node:crypto';
import type { HttpAnswer } from '@marquee/subgraph';
import { html, trusted, type Html } from './html.ts';

const style = `
  :root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif }
  body { margin: 0 auto; max-width: 26rem; padding: 2rem 1.25rem }
  h1 { font-size: 1.5rem } h2 { font-size: 1.1rem; margin-top: 2rem }
  label { display: block; margin: .75rem 0 .25rem }
  input, button, a.button { font: inherit; box-sizing: border-box; width: 100%; min-height: 2.75rem; padding: .5rem .75rem;
    border: 1px solid #767676; border-radius: .4rem }
  button, a.button { margin-top: 1rem; background: #1a4fd8; color: #fff; border-color: #1a4fd8; cursor: pointer;
    display: block; text-align: center; text-decoration: none }
  button.plain { background: transparent; color: inherit }
  :focus-visible { outline: 3px solid #ffb000; outline-offset: 2px }
  [role=alert] { border-left: .3rem solid #c5221f; padding: .5rem .75rem; background: #c5221f22 }
  code { overflow-wrap: anywhere } svg { max-width: 14rem; background: #fff }`;

export type Page = {
  readonly title: string;
  readonly body: Html;
  /** What went wrong with the last try, for a person. */
  readonly alert?: string | undefined;
  readonly status?: number;
  /** Runs in the page; everything else that is script is forbidden. */
  readonly script?: string;
  /** Its script asks the platform: this origin, and no other. */
  readonly asksGraph?: boolean;
};

/** A whole page: works without script, reads well aloud, fetches nothing and is framed by nobody. */
export function pageAnswer({ title, body, alert, status = 200, script, asksGraph }: Page): HttpAnswer {
  const nonce = randomBytes(16).toString('base64');
  const alerted = alert ? html`<p role="alert">${alert}</p>` : null;
  const scripted = script ? trusted(`<script nonce="${nonce}">${script}</script>`) : null;
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} – Marquee</title>
        ${trusted(`<style nonce="${nonce}">${style}</style>`)}
      </head>
      <body>
        <main>
          <h1>${title}</h1>
          ${alerted} ${body}
        </main>
        ${scripted}
      </body>
    </html>`;
  return {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'content-security-policy': `default-src 'none'; style-src 'nonce-${nonce}'; script-src 'nonce-${nonce}';${asksGraph ? " connect-src 'self';" : ''} base-uri 'none'; frame-ancestors 'none'`,
    },
    body: page.html,
  };
}

const passkeyScript = `
  const form = document.getElementById('passkey'), options = JSON.parse(form.dataset.options);
  if (window.PublicKeyCredential?.parseRequestOptionsFromJSON) form.hidden = false;
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    try {
      const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options);
      const credential = await navigator.credentials.get({ publicKey });
      form.elements.credential.value = JSON.stringify(credential.toJSON());
      form.submit();
    } catch { document.getElementById('passkey-failed').hidden = false; }
  });`;

/** Who are you: by password, by mail, by passkey, or by another issuer. */
export function identifyPage(
  uid: string,
  passkeyOptions: unknown,
  issuers: readonly { readonly name: string; readonly label: string }[],
  alert?: string,
  status = 200,
): HttpAnswer {
  const at = `/sign-in/${uid}`;
  const body = html`
    <form method="post" action="${at}/password">
      <label for="email">E-mail address</label>
      <input id="email" name="email" type="email" autocomplete="username webauthn" required autofocus />
      <label for="password">Password</label>
      <input id="password" name="password" type="password" autocomplete="current-password" required />
      <button>Sign in</button>
    </form>
    <form
      id="passkey"
      method="post"
      action="${at}/passkey"
      data-options="${JSON.stringify(passkeyOptions)}"
      hidden
    >
      <input type="hidden" name="credential" />
      <button class="plain">Use a passkey</button>
      <p id="passkey-failed" role="alert" hidden>The passkey was not taken. Try again, or another way.</p>
    </form>
    ${issuers.map(
      ({ name, label }) =>
        html`<form method="post" action="${at}/external/${name}">
          <button class="plain">Continue with ${label}</button>
        </form>`,
    )}
    <h2>Without a password</h2>
    <form method="post" action="${at}/mail">
      <label for="mail">E-mail address</label>
      <input id="mail" name="email" type="email" autocomplete="email" required />
      <button class="plain">Send me a link</button>
    </form>
    <h2>New here?</h2>
    <form method="post" action="${at}/join">
      <label for="name">Your name</label>
      <input id="name" name="name" autocomplete="name" required maxlength="200" />
      <label for="new-email">E-mail address</label>
      <input id="new-email" name="email" type="email" autocomplete="email" required />
      <label for="new-password">Password (8 characters or more; leave it out to sign in by mail)</label>
      <input id="new-password" name="password" type="password" autocomplete="new-password" minlength="8" />
      <button class="plain">Create an account</button>
    </form>
  `;
  return pageAnswer({ title: 'Sign in', body, alert, status, script: passkeyScript });
}

export function lookInMailPage(): HttpAnswer {
  const text =
    'If the address is right, a mail with a link is on its way. Open it in this browser within 15 minutes.';
  return pageAnswer({ title: 'Look into your mail', body: html`<p>${text}</p>` });
}

export function codePage(uid: string, alert?: string, status = 200): HttpAnswer {
  const body = html`<form method="post" action="/sign-in/${uid}/code">
    <label for="code">Code of your authenticator, or a recovery code</label>
    <input id="code" name="code" autocomplete="one-time-code" required autofocus maxlength="20" />
    <button>Continue</button>
  </form>`;
  return pageAnswer({ title: 'Second step', body, alert, status });
}

export function enrolPage(
  uid: string,
  { secret, qr }: { readonly secret: string; readonly qr: string },
  alert?: string,
): HttpAnswer {
  const body = html`<p>
      Your organisation asks for a second step. Scan this with an authenticator app, or type the secret in.
    </p>
    <div role="img" aria-label="QR code of the secret below">${trusted(qr)}</div>
    <p>Secret: <code>${secret}</code></p>
    <form method="post" action="/sign-in/${uid}/enrol">
      <label for="code">The six digits that the app shows</label>
      <input
        id="code"
        name="code"
        inputmode="numeric"
        autocomplete="one-time-code"
        required
        autofocus
        maxlength="6"
      />
      <button>Continue</button>
    </form>`;
  return pageAnswer({ title: 'Set up a second step', body, alert });
}

export function recoveryCodesPage(uid: string, codes: readonly string[]): HttpAnswer {
  const body = html`<p>
      Keep these codes where you keep your passwords. Each opens the second step once, should you lose the
      app.
    </p>
    <ul>
      ${codes.map((code) => html`<li><code>${code}</code></li>`)}
    </ul>
    <a class="button" href="/sign-in/${uid}">Continue</a>`;
  return pageAnswer({ title: 'Recovery codes', body });
}

export function organisationPage(
  uid: string,
  organisations: readonly { readonly id: string; readonly name: string; readonly role: string }[],
  alert?: string,
): HttpAnswer {
  const body = html`
    ${organisations.map(
      ({ id, name, role }) =>
        html`<form method="post" action="/sign-in/${uid}/organisation">
          <input type="hidden" name="organisation" value="${id}" />
          <button>${name} (${role.toLowerCase().replace('_', ' ')})</button>
        </form>`,
    )}
    <h2>Start an organisation</h2>
    <form method="post" action="/sign-in/${uid}/found">
      <label for="name">Its name</label>
      <input id="name" name="name" required maxlength="200" />
      <button class="plain">Create it</button>
    </form>
  `;
  return pageAnswer({ title: 'Where to?', body, alert });
}

/** Nothing to go on with: the sign-in is over, or began in another browser. */
export function deadEndPage(): HttpAnswer {
  const body = html`<p>
      This sign-in is over, or was begun in another browser. Open links from mails in the browser in which you
      began.
    </p>
    <a class="button" href="/sign-in">Begin again</a>`;
  return pageAnswer({ title: 'Begin again', body, status: 400 });
}
