import type { HttpAnswer, HttpRoute } from '@marquee/subgraph';
import type { Services } from '../services.ts';
import { findPrinted } from './printed-ticket.ts';
import { writeTickets } from './ticket-pdf.ts';
import { writeApplePass } from './wallets.ts';

/** Answers a PDF or a pass to whoever has a link that the graph handed out a moment ago. */
export function createTicketDownload(services: Services): HttpRoute {
  return async ({ method, path, search }) => {
    if (method !== 'GET') return { status: 405, headers: { allow: 'GET' }, body: 'Use GET.' };
    const target = services.passes.links.read(path, search, new Date());
    if (!target) return gone();
    const { organisationId, id, kind } = target;
    const of = kind === 'order' ? { orderId: id } : { ticketId: id };
    // As they are now: a ticket that was handed on or refunded since the link was made is not printed any more.
    const tickets = await findPrinted(services, organisationId, of);
    const [first] = tickets;
    if (!first) return gone();
    if (kind === 'pass') {
      const { apple } = services.passes;
      if (!apple) return gone();
      const body = writeApplePass(apple, services.credentials, first);
      return file(body, 'application/vnd.apple.pkpass', 'ticket.pkpass');
    }
    // A page at a time: an order of a whole coach party is some megabytes.
    const pages = writeTickets(services.credentials, tickets);
    return file(pages, 'application/pdf', `tickets-${first.orderNumber}.pdf`);
  };
}

const headers = { 'cache-control': 'private, no-store', 'x-robots-tag': 'noindex' };

function file(body: NonNullable<HttpAnswer['body']>, contentType: string, name: string): HttpAnswer {
  const disposition = `attachment; filename="${name}"`;
  return {
    status: 200,
    headers: { ...headers, 'content-type': contentType, 'content-disposition': disposition },
    body,
  };
}

function gone(): HttpAnswer {
  const body = 'This link has expired or is not one of ours. Ask for a new one.';
  return { status: 404, headers: { ...headers, 'content-type': 'text/plain; charset=utf-8' }, body };
}
