import { andThen, type Outcome } from '@marquee/kernel';
import { systemScope } from '@marquee/postgres';
import {
  parseText,
  verifyCaller,
  callerHeader,
  type HttpAnswer,
  type HttpExchange,
  type HttpRoute,
} from '@marquee/subgraph';
import type { Provider } from 'oidc-provider';
import { toString as drawQr } from 'qrcode';
import type { Services } from '../command.ts';
import { found } from '../organisations/create-organisation.ts';
import { forgetAttempts, mayAttempt, type Attempt } from './attempts.ts';
import {
  beginAuthenticator,
  checkSecondFactor,
  confirmAuthenticator,
  unconfirmedAuthenticator,
} from './authenticator.ts';
import { accountByLink, mailLink, mailWelcome, readJoining } from './mailed-links.ts';
import {
  codePage,
  deadEndPage,
  enrolPage,
  identifyPage,
  lookInMailPage,
  organisationPage,
  pageAnswer,
  recoveryCodesPage,
} from './pages.ts';
import { showInvitation, takeInvitation, tooOftenPage } from '../invitations/invitation-page.ts';
import { createOrderLinkRoute } from '../order-links/order-link-route.ts';
import { html } from './html.ts';
import { accountByPasskey, passkeyRequest } from './passkeys.ts';
import { accountByPassword } from './passwords.ts';
import {
  finish,
  identified,
  nextStep,
  progressOf,
  provedSecondFactor,
  saveProgress,
  wantedBy,
  type Step,
} from './sign-in.ts';
import type { ExternalIssuers } from './external.ts';

export type SignInOptions = {
  readonly services: Services;
  readonly issuer: () => Provider;
  readonly external: ExternalIssuers;
  readonly internalSecret: string;
};

/** One request of one sign-in. */
type Visit = SignInOptions & {
  readonly uid: string;
  readonly exchange: HttpExchange;
  readonly form: URLSearchParams;
  readonly address: string;
};

const wrong = 'That is not right. Check the address and the password.';
const bothFactors = 'What you are about to do asks for a second step: use your passkey.';
const notAskedAnew =
  'What you are about to do asks you to sign in anew, and the other side did not say that you did. Use another way, such as a link by mail.';
const tooMany = 'Too many tries. Wait a quarter of an hour, or sign in another way.';
const seeOther = (location: string): HttpAnswer => ({
  status: 303,
  headers: { location, 'cache-control': 'no-store' },
});

/** Only the browser that began a sign-in may go on with it: another's would end up signed in as whoever was talked into it. */
function isSameBrowser({ headers }: HttpExchange, uid: string): boolean {
  return (headers.cookie ?? '').split(/;\s*/).includes(`_interaction=${uid}`);
}

/** A form of another site is not ours, whatever cookies came with it. */
function isOwnForm({ headers }: HttpExchange, { publicUrl }: Services): boolean {
  const { origin } = headers;
  return origin === undefined || origin === 'null'
    ? headers['sec-fetch-site'] !== 'cross-site'
    : origin === new URL(publicUrl).origin;
}

const within = async (visit: Visit, attempts: readonly Attempt[]) =>
  mayAttempt(visit.services.database, [{ kind: 'address', of: visit.address }, ...attempts]);

async function identify(visit: Visit, alert?: string, status = 200): Promise<HttpAnswer> {
  const options = await passkeyRequest(visit.services, visit.uid);
  return identifyPage(visit.uid, options, visit.external.list(), alert, status);
}

async function enrol(
  { services, uid }: Visit,
  { account }: Extract<Step, { kind: 'enrol' }>,
  alert?: string,
) {
  const made =
    (await unconfirmedAuthenticator(services, account)) ?? (await beginAuthenticator(services, account));
  if (!made) return codePage(uid);
  return enrolPage(uid, { secret: made.secret, qr: await drawQr(made.uri, { type: 'svg' }) }, alert);
}

async function stepOf(visit: Visit) {
  const { services, uid } = visit;
  const interaction = (await visit.issuer().Interaction.find(uid))!;
  const step = await nextStep(services, await progressOf(services, uid), wantedBy(interaction));
  return { interaction, step };
}

/** The page of what is asked for next, or the way back to the application. */
async function show(visit: Visit): Promise<HttpAnswer> {
  const { step, interaction } = await stepOf(visit);
  const { services, uid, address, exchange } = visit;
  switch (step.kind) {
    case 'identify':
      return identify(visit, step.again && bothFactors);
    case 'code':
      return codePage(uid);
    case 'organisation':
      return organisationPage(uid, step.choices);
    case 'enrol':
      return enrol(visit, step);
    case 'done':
      return finish(services, uid, interaction, step, {
        address: address || null,
        agent: exchange.headers['user-agent'] ?? null,
      });
  }
}

/** Each is a form of a page: what it proves is noted, and the browser goes on to what is asked for next. */
const actions: Readonly<Record<string, (visit: Visit) => Promise<HttpAnswer>>> = {
  password: async (visit) => {
    const { services, uid, form } = visit;
    const email = (form.get('email') ?? '').trim();
    if (!(await within(visit, [{ kind: 'account', of: email }]))) return identify(visit, tooMany, 429);
    const accountId = await accountByPassword(services.database, email, form.get('password') ?? '');
    if (!accountId) return identify(visit, wrong, 401);
    await forgetAttempts(services.database, { kind: 'account', of: email });
    await identified(services, uid, accountId, 'pwd');
    return seeOther(`/sign-in/${uid}`);
  },
  passkey: async (visit) => {
    const { services, uid, form } = visit;
    if (!(await within(visit, []))) return identify(visit, tooMany, 429);
    const accountId = await accountByPasskey(services, uid, form.get('credential') ?? '');
    if (!accountId) return identify(visit, 'This passkey is not known here.', 401);
    await identified(services, uid, accountId, 'hwk');
    return seeOther(`/sign-in/${uid}`);
  },
  mail: async (visit) => {
    const email = (visit.form.get('email') ?? '').trim();
    // Beyond the limit nothing is sent, and the page says what it always says.
    if (await within(visit, [{ kind: 'mail', of: email }])) await mailLink(visit.services, visit.uid, email);
    return lookInMailPage();
  },
  join: async (visit) => {
    const joining = readJoining(visit.form);
    if (!joining.ok) {
      const { field, message } = joining.refusal;
      return identify(visit, `The ${field} ${message}.`, 400);
    }
    if (await within(visit, [{ kind: 'mail', of: joining.value.email }]))
      await mailWelcome(visit.services, visit.uid, joining.value);
    return lookInMailPage();
  },
  code: async (visit) => {
    const { services, uid, form } = visit;
    const { step } = await stepOf(visit);
    const { accountId } = await progressOf(services, uid);
    if (step.kind !== 'code' || !accountId) return seeOther(`/sign-in/${uid}`);
    if (!(await within(visit, [{ kind: 'account', of: accountId }]))) return codePage(uid, tooMany, 429);
    if (!(await checkSecondFactor(services, accountId, form.get('code') ?? '')))
      return codePage(uid, 'That code is not right, or was used before.', 401);
    await forgetAttempts(services.database, { kind: 'account', of: accountId });
    await provedSecondFactor(services, uid);
    return seeOther(`/sign-in/${uid}`);
  },
  enrol: async (visit) => {
    const { services, uid, form } = visit;
    const { step } = await stepOf(visit);
    if (step.kind !== 'enrol') return seeOther(`/sign-in/${uid}`);
    if (!(await within(visit, [{ kind: 'account', of: step.account.id }])))
      return enrol(visit, step, tooMany);
    const codes = await confirmAuthenticator(services, step.account.id, form.get('code') ?? '');
    if (!codes) return enrol(visit, step, 'That code is not right. Is the clock of the device?');
    await provedSecondFactor(services, uid);
    return recoveryCodesPage(uid, codes);
  },
  organisation: async (visit) => {
    const { services, uid, form } = visit;
    const { step } = await stepOf(visit);
    const organisationId = form.get('organisation') ?? '';
    if (step.kind === 'organisation' && step.choices.some(({ id }) => id === organisationId))
      await saveProgress(services, uid, { ...(await progressOf(services, uid)), organisationId });
    return seeOther(`/sign-in/${uid}`);
  },
  found: async (visit) => {
    const { services, uid, form } = visit;
    const { step } = await stepOf(visit);
    const progress = await progressOf(services, uid);
    const { accountId } = progress;
    if (step.kind !== 'organisation' || !accountId) return seeOther(`/sign-in/${uid}`);
    const made: Outcome<{ readonly organisationId: string }> = await andThen(
      parseText('name', form.get('name') ?? '', { max: 200 }),
      (name) =>
        services.database.transaction(systemScope, (tx) => {
          tx.afterCommit(services.onCommit);
          return found(tx, accountId, name);
        }),
    );
    if (!made.ok) return organisationPage(uid, step.choices, `The name ${made.refusal.message}.`);
    await saveProgress(services, uid, { ...progress, organisationId: made.value.organisationId });
    return seeOther(`/sign-in/${uid}`);
  },
};

/** Links are followed by a button: programs that look into mails follow links too, and would use them up. */
async function link(visit: Visit): Promise<HttpAnswer> {
  const { services, uid, exchange } = visit;
  const token = new URLSearchParams(exchange.search).get('token') ?? visit.form.get('token') ?? '';
  if (exchange.method === 'GET') {
    const body = html`<form method="post" action="/sign-in/${uid}/link">
      <input type="hidden" name="token" value="${token}" /><button autofocus>Sign in</button>
    </form>`;
    return pageAnswer({ title: 'Sign in', body });
  }
  const accountId = await accountByLink(services, uid, token);
  if (!accountId) return identify(visit, 'This link was used, or is too old. Ask for another.', 400);
  await identified(services, uid, accountId, 'mail');
  return seeOther(`/sign-in/${uid}`);
}

async function external(visit: Visit, name: string | undefined): Promise<HttpAnswer> {
  const { services, uid, exchange } = visit;
  if (exchange.method === 'POST') {
    const { fresh } = wantedBy((await visit.issuer().Interaction.find(uid))!);
    const to = await visit.external.begin(uid, name ?? '', { fresh });
    return to ? seeOther(to) : identify(visit, 'This way to sign in is not there.', 404);
  }
  const arrival = await visit.external.complete(uid, new URLSearchParams(exchange.search));
  if (arrival === 'stale') return identify(visit, notAskedAnew, 401);
  if (!arrival)
    return identify(visit, 'The other side did not say who you are. Try again, or another way.', 401);
  await identified(services, uid, arrival.accountId, 'fed', arrival.provedAt);
  return seeOther(`/sign-in/${uid}`);
}

/** `/sign-in/*`: pages and their forms. The graph is not behind them: they end in a token of the issuer. */
export function createSignInRoute(options: SignInOptions): HttpRoute {
  const { services, issuer, internalSecret } = options;
  const orderLink = createOrderLinkRoute(services, (exchange) =>
    mayAttempt(services.database, [{ kind: 'address', of: addressOf(exchange, internalSecret) }]),
  );
  return async (exchange) => {
    const [, , uid = '', action, more] = exchange.path.split('/');
    const { method } = exchange;
    if (uid === 'external') return options.external.returned(new URLSearchParams(exchange.search));
    if (uid === 'invitation') return invitation(options, exchange);
    if (uid === 'order-link') return orderLink(exchange);
    if (!isSameBrowser(exchange, uid) || !(await issuer().Interaction.find(uid))) return deadEndPage();
    if (method === 'POST' && !isOwnForm(exchange, services)) return deadEndPage();
    const form = new URLSearchParams(method === 'POST' ? await exchange.body() : '');
    const address = addressOf(exchange, internalSecret);
    const visit: Visit = { ...options, uid, exchange, form, address };
    if (action === undefined) return show(visit);
    if (action === 'link') return link(visit);
    if (action === 'external') return external(visit, more);
    const act = method === 'POST' && Object.hasOwn(actions, action) ? actions[action] : undefined;
    return act ? act(visit) : seeOther(`/sign-in/${uid}`);
  };
}

/** Where the link of an invitation leads: no sign-in is under way, and none comes of it. */
async function invitation(
  { services, internalSecret }: SignInOptions,
  exchange: HttpExchange,
): Promise<HttpAnswer> {
  const of = addressOf(exchange, internalSecret);
  if (!(await mayAttempt(services.database, [{ kind: 'address', of }]))) return tooOftenPage();
  if (exchange.method !== 'POST')
    return showInvitation(services, new URLSearchParams(exchange.search).get('token') ?? '');
  if (!isOwnForm(exchange, services)) return deadEndPage();
  return takeInvitation(services, new URLSearchParams(await exchange.body()));
}

const addressOf = ({ headers }: HttpExchange, internalSecret: string) =>
  verifyCaller(headers[callerHeader], internalSecret)?.address ?? '';
