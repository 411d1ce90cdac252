import { hookBatch, type HookInput } from '@marquee/contracts';
import { appendMany, streamId } from '@marquee/event-log';
import type { Said } from '@marquee/hooks';
import { repeat, systemScope, type Repeated } from '@marquee/postgres';
import { newCorrelationId, runWithCorrelation } from '@marquee/telemetry';
import { findGuests } from '../orders/guest-rows.ts';
import type { Services } from '../services.ts';
import { isLive, type TicketStatus } from '../tickets/ticket.ts';
import { claimDue, findDue, replaceAdditions, settleAsked, type Claimed, type Due } from './addition-rows.ts';
import type { Addition } from './addition.ts';

/** How long a ticket may be without what plugins add to it, where they answer at once. */
const everyMs = 250;
/** Looked for at once, and asked about at once: the rest of the process shares pool and breaker. */
const mostDue = 40;
const atOnce = 4;

/**
 * Asks plugins about tickets once they are issued, never while they are: what was sold is sold, whatever a plugin does.
 * Found in the rows, so any process may do it, and be killed at any point: an answer is written once, with its event.
 */
export function startExtending(services: Services): Repeated {
  return repeat({
    everyMs,
    work: () =>
      runWithCorrelation({ correlationId: newCorrelationId(), actor: 'system' }, () => extendDue(services)),
    onError: (error) => services.logger.warn({ error }, 'plugins could not be asked about tickets this time'),
  });
}

/** Answers for how many orders it asked. */
export async function extendDue(services: Services): Promise<number> {
  const { database, logger } = services;
  const due = await database.transaction(systemScope, (tx) => findDue(tx, mostDue), { readOnly: true });
  const waiting = due.values();
  const work = async () => {
    for (const each of waiting)
      await extendTickets(services, each).catch((error: unknown) =>
        logger.warn({ error, ...each }, 'plugins could not be asked about the tickets of an order'),
      );
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return due.length;
}

async function extendTickets(services: Services, due: Due): Promise<void> {
  const { database, hooks, wake } = services;
  const claimed = await database.transaction(due, (tx) => claimDue(tx, due, hookBatch));
  if (claimed.length === 0) return;
  const live = claimed.filter(({ status }) => isLive(status as TicketStatus));
  const additions: Addition[] = [];
  if (live.length > 0) {
    const said = await hooks.askEach(due.organisationId, 'ticket-issue', await describe(services, due, live));
    // One that must be heard was not: asked again, a little later each time.
    if (!said.ok) return;
    additions.push(...additionsOf(live, said.value));
  }
  await database.transaction(due, async (tx) => {
    const settled = new Set(await settleAsked(tx, claimed));
    const added = additions.filter(({ ticketId }) => settled.has(ticketId));
    await replaceAdditions(tx, [...settled], due.guestId, added);
    const byTicket = Map.groupBy(added, ({ ticketId }) => ticketId);
    const occurrences = new Map(claimed.map((each) => [each.ticketId, each.occurrenceId]));
    await appendMany(
      tx,
      [...byTicket].map(([ticketId, own]) => ({
        streamId: streamId('ticket', ticketId),
        events: [
          {
            type: 'tickets.ticket-extended.v1',
            data: {
              ticketId,
              orderId: due.orderId,
              occurrenceId: occurrences.get(ticketId)!,
              plugins: own.map(({ plugin }) => plugin),
            },
          },
        ],
      })),
    );
    tx.afterCommit(wake);
  });
}

/** The same for the same tickets, however often it is asked. */
async function describe(
  { database }: Services,
  due: Due,
  tickets: readonly Claimed[],
): Promise<HookInput<'ticket-issue'>> {
  const [guest] = await database.read(due, (tx) => findGuests(tx, [due.guestId]));
  return {
    now: tickets[0]!.since.toISOString(),
    orderId: due.orderId,
    tickets: tickets.map(({ section, row, label, startsAt, issuedAt, ...ticket }) => ({
      ticketId: ticket.ticketId,
      ticketTypeId: ticket.ticketTypeId,
      ticketType: ticket.ticketType,
      occurrenceId: ticket.occurrenceId,
      startsAt: startsAt.toISOString(),
      issuedAt: issuedAt.toISOString(),
      seat: section === null ? null : { section, row, label },
    })),
    ...(guest && { guest: { name: guest.name, email: guest.email } }),
  };
}

function additionsOf(asked: readonly Claimed[], { each }: Said<'ticket-issue'>): Addition[] {
  return each.flatMap(({ plugin, output }) =>
    output.additions
      .map(({ ticket, fields = [], note = null, reference = null }) => ({
        ticketId: asked[ticket]!.ticketId,
        plugin: plugin.name,
        title: plugin.title,
        fields,
        note,
        reference,
      }))
      .filter(({ fields, note, reference }) => fields.length > 0 || note !== null || reference !== null),
  );
}
