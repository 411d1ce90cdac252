// Two tickets for what is on next: node libs/client/src/examples/buy-tickets.ts http://127.0.0.1:4000/graphql "$TOKEN"
import { createClient, MarqueeError, type MarqueeClient } from '../index.ts';

/** Holds, checks out and pays; answers the tickets' credentials, or in words why there are none. */
async function buyTickets({ operations }: MarqueeClient, quantity: number): Promise<string> {
  const { occurrences } = await operations.upcomingOccurrences({ first: 1 });
  const occurrence = occurrences.edges[0]?.node;
  const ticketType = occurrence?.ticketTypes?.[0];
  if (!occurrence || !ticketType) return 'Nothing is on sale.';

  // One key for each intent: whatever happens in between, sending it again does nothing twice.
  const items = [{ ticketTypeId: ticketType.id, quantity }];
  const { holdTickets } = await operations.holdTickets({
    input: { idempotencyKey: crypto.randomUUID(), occurrenceId: occurrence.id, items },
  });
  if (holdTickets.__typename === 'NotEnoughTickets') return `Only ${holdTickets.available} are left.`;
  if (holdTickets.__typename !== 'TicketsHeld') return holdTickets.message;

  const { checkOut } = await operations.checkOut({
    input: {
      idempotencyKey: crypto.randomUUID(),
      holdId: holdTickets.hold.id,
      guest: { email: 'ada@example.com', name: 'Ada Lovelace' },
    },
  });
  if (checkOut.__typename !== 'OrderPlaced') return checkOut.message;

  const { payOrder } = await operations.payOrder({
    input: {
      idempotencyKey: crypto.randomUUID(),
      orderId: checkOut.order.id,
      provider: 'sandbox',
      paymentToken: 'approve',
    },
  });
  if (payOrder.__typename === 'InstalmentPaid') return 'The first instalment is paid.';
  if (payOrder.__typename !== 'OrderPaid') return payOrder.message;
  return payOrder.order.tickets.map(({ credential }) => credential).join('\n');
}

const [url, token] = process.argv.slice(2);
if (url === undefined || token === undefined) throw new Error('Usage: buy-tickets.ts URL TOKEN');
const client = createClient({ url, token, client: { name: 'example', version: '1.0.0' } });
try {
  process.stdout.write(`${await buyTickets(client, 2)}\n`);
} catch (error) {
  if (!(error instanceof MarqueeError)) throw error;
  process.stderr.write(`${error.code}: ${error.message} (${error.correlationId})\n`);
  process.exitCode = 1;
}
