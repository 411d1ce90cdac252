import type { HttpAnswer } from '@marquee/subgraph';
import { html } from '../sign-in/html.ts';
import { pageAnswer } from '../sign-in/pages.ts';

/** Runs in the browser: the link stands behind the `#`, which this server never sees. */
const script = `
const out = document.getElementById('order');
const show = (tag, text, more) => out.append(Object.assign(document.createElement(tag), { textContent: text }, more));
const money = ({ amountMinor, currency }) => {
  const digits = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits;
  return new Intl.NumberFormat(undefined, { style: 'currency', currency }).format(Number(amountMinor) / 10 ** digits);
};
const query = 'query MyOrder($id: ID!) { order(id: $id) { number status eventTitle total { amountMinor currency }'
  + ' tickets { id status } ticketsPdf { url } } }';
const tell = (message) => { out.replaceChildren(); show('p', message, { role: 'alert' }); };
const send = async (path, init) => {
  const response = await fetch(path, { method: 'POST', ...init });
  const answer = await response.json();
  if (answer.errors) throw new Error(answer.errors[0].message);
  return answer;
};
const run = async () => {
  const link = location.hash.slice(1);
  if (!link) return tell('Open the link in your mail as it is, all of it.');
  const access = await send('/sign-in/order-link', { body: new URLSearchParams({ link }) });
  const { data } = await send('/graphql', {
    headers: {
      'content-type': 'application/json',
      authorization: 'Bearer ' + access.access_token,
      'apollographql-client-name': 'order page',
    },
    body: JSON.stringify({ query, variables: { id: access.order_id } }),
  });
  const { order } = data;
  if (!order) return tell('This order is not there any more.');
  out.replaceChildren();
  show('h2', order.eventTitle ?? '');
  show('p', 'Order ' + order.number + ': ' + order.status.toLowerCase().replaceAll('_', ' ') + ', ' + money(order.total));
  show('p', order.tickets.length + (order.tickets.length === 1 ? ' ticket' : ' tickets'));
  if (order.ticketsPdf?.url) show('a', 'Tickets as PDF', { href: order.ticketsPdf.url, className: 'button' });
};
run().catch((error) => tell(error.message));
`;

/** A page on which an order is seen by its link alone. */
export function orderPage(): HttpAnswer {
  const body = html`<div id="order" aria-live="polite"><p>One moment…</p></div>
    <noscript><p role="alert">This page needs JavaScript.</p></noscript>`;
  return pageAnswer({ title: 'Your order', body, script, asksGraph: true });
}
