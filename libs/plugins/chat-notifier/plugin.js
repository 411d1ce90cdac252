const amountOf = ({ amountMinor, currency }) => {
  const digits = amountMinor.padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)} ${currency}`;
};

const plain = (text) => text.replace(/[<>&@]/g, ' ');

const texts = {
  'tickets.order-paid.v1': ({ number, quantity, total }) =>
    `Order ${number}: ${quantity} ticket${quantity === 1 ? '' : 's'} sold for ${amountOf(total)}.`,
  'tickets.order-refunded.v1': ({ amount, reason }) =>
    `${amountOf(amount)} refunded${reason === null ? '' : `: ${plain(reason)}`}.`,
  'events.occurrence-cancelled.v1': ({ eventTitle, startsAt }, { mention }) =>
    `${mention === undefined ? '' : `${mention} `}${plain(eventTitle)} on ${startsAt.slice(0, 10)} is cancelled.`,
};

/**
 * What Slack's and Mattermost's incoming webhooks take alike.
 * @type {import('@marquee/plugin-sdk').Hook<'webhook-transformation'>}
 */
export function webhookTransformation({ message }, { settings }) {
  const text = texts[message.type]?.(message.data, settings) ?? message.type;
  return { body: { text } };
}
