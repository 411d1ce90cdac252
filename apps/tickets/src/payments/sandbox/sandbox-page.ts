import { decodeId, encodeId, formatMoney, keyring } from '@marquee/kernel';
import { systemScope, type Database } from '@marquee/postgres';
import type { HttpAnswer, HttpExchange, HttpRoute } from '@marquee/subgraph';
import { amountOf, findCharge, planWebhooks, type Charge } from './sandbox-rows.ts';

export type SandboxPageOptions = {
  readonly database: Database;
  /** Where clients reach the platform: `http://localhost:4000`. */
  readonly publicUrl: string;
  readonly secret: string;
  readonly wake: () => void;
};

export const sandboxPagePath = '/sandbox/payments/*';

/**
 * Where a payer agrees to a payment of the sandbox, as on a bank's page for 3-D Secure. The address carries a signature
 * of the payment: whoever has the link is the payer.
 */
export function createSandboxPage(options: SandboxPageOptions): {
  readonly pageOf: (paymentId: string) => string;
  readonly route: HttpRoute;
} {
  const { publicUrl, secret } = options;
  const keys = keyring(secret);
  const signed = (paymentId: string) => `sandbox page ${paymentId}`;
  const pageOf = (paymentId: string) => {
    const url = new URL(`/sandbox/payments/${encodeId('Payment', paymentId)}`, publicUrl);
    url.searchParams.set('s', keys.sign(signed(paymentId)));
    return url.href;
  };
  const route: HttpRoute = async (exchange) => {
    const paymentId = decodeId('Payment', exchange.path.split('/').at(-1) ?? '');
    const given = new URLSearchParams(exchange.search).get('s') ?? '';
    if (paymentId === null || !keys.verify(given, signed(paymentId))) return notHere();
    if (exchange.method === 'GET') return show(options, paymentId);
    if (exchange.method === 'POST') return decide(options, paymentId, exchange);
    return { status: 405, headers: { allow: 'GET, POST' }, body: 'Use GET or POST.' };
  };
  return { pageOf, route };
}

const notHere = (): HttpAnswer => page(404, '<h1>No such payment</h1>');

async function show({ database }: SandboxPageOptions, paymentId: string): Promise<HttpAnswer> {
  const charge = await database.transaction(systemScope, (tx) => findCharge(tx, paymentId), {
    readOnly: true,
  });
  return charge ? page(200, bodyOf(charge)) : notHere();
}

function bodyOf(charge: Charge): string {
  if (charge.action !== 'REQUIRED' || charge.cancelled)
    return '<h1>Thank you</h1><p>This payment needs nothing more of you.</p>';
  return `<h1>Sandbox bank</h1><p>Agree to pay ${escape(formatMoney(amountOf(charge)))}? No money moves.</p>
<form method="post"><button name="decision" value="approve">Approve</button>
<button name="decision" value="decline">Decline</button></form>`;
}

async function decide(
  { database, wake }: SandboxPageOptions,
  paymentId: string,
  exchange: HttpExchange,
): Promise<HttpAnswer> {
  const decision = new URLSearchParams(await exchange.body()).get('decision');
  if (decision !== 'approve' && decision !== 'decline') return page(400, '<h1>Approve or decline?</h1>');
  const approved = decision === 'approve';
  const found = await database.transaction(systemScope, (tx) => findCharge(tx, paymentId), {
    readOnly: true,
  });
  if (!found) return notHere();
  const charge = await database.transaction({ organisationId: found.organisation_id }, async (tx) => {
    const decided = await tx.execute(
      `update sandbox_charge set action = 'DONE', approved = $2
       where payment_id = $1 and action = 'REQUIRED' and not cancelled`,
      [paymentId, approved],
    );
    const after = await findCharge(tx, paymentId);
    if (decided === 1 && after) {
      const reason = 'Its payer declined it.';
      const fact = approved
        ? ({ kind: 'succeeded', amount: amountOf(after) } as const)
        : ({ kind: 'failed', reason } as const);
      await planWebhooks(tx, paymentId, [{ fact }]);
      tx.afterCommit(wake);
    }
    return after;
  });
  if (!charge?.return_url) return page(200, '<h1>Thank you</h1><p>You can close this page.</p>');
  return { status: 303, headers: { location: charge.return_url, 'cache-control': 'no-store' } };
}

function page(status: number, body: string): HttpAnswer {
  return {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
      'referrer-policy': 'no-referrer',
    },
    body: `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Sandbox bank</title><style>body{font:1rem/1.5 system-ui;max-width:30rem;margin:4rem auto;padding:0 1rem}
button{font:inherit;padding:.5rem 1.5rem;margin-right:1rem}</style><main>${body}</main></html>`,
  };
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
