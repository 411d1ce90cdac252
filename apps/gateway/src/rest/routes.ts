import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, print, separateOperations } from 'graphql';

/** Where an operation is served under /v1. */
export type RestRoute = {
  /** The name of its document. */
  readonly operation: string;
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** `{id}` is a variable of the operation, or a field of its input. */
  readonly path: string;
  readonly summary: string;
  /** 201 where something new comes of it; else 200. */
  readonly status?: 201;
};

/** The operations that programs without a GraphQL client ask for. Their documents are in `operations/`. */
export const restRoutes: readonly RestRoute[] = [
  { operation: 'ListOccurrences', method: 'GET', path: '/occurrences', summary: 'What is on' },
  {
    operation: 'GetOccurrence',
    method: 'GET',
    path: '/occurrences/{id}',
    summary: 'An occurrence and its prices',
  },
  { operation: 'GetOccurrenceSeats', method: 'GET', path: '/occurrences/{id}/seats', summary: 'Its seats' },
  {
    operation: 'GetOccurrenceStats',
    method: 'GET',
    path: '/occurrences/{id}/stats',
    summary: 'How it sells',
  },
  { operation: 'ListEvents', method: 'GET', path: '/events', summary: 'Events' },
  { operation: 'CreateEvent', method: 'POST', path: '/events', summary: 'Plan an event', status: 201 },
  { operation: 'GetEvent', method: 'GET', path: '/events/{id}', summary: 'An event' },
  {
    operation: 'PublishEvent',
    method: 'POST',
    path: '/events/{id}/publish',
    summary: 'Put an event on sale',
  },
  {
    operation: 'CreateTicketType',
    method: 'POST',
    path: '/events/{eventId}/ticket-types',
    summary: 'Sell a kind of ticket',
    status: 201,
  },
  { operation: 'ListVenues', method: 'GET', path: '/venues', summary: 'Venues' },
  { operation: 'GetVenue', method: 'GET', path: '/venues/{id}', summary: 'A venue' },
  {
    operation: 'HoldTickets',
    method: 'POST',
    path: '/holds',
    summary: 'Hold tickets for a while',
    status: 201,
  },
  { operation: 'GetHold', method: 'GET', path: '/holds/{id}', summary: 'A hold' },
  { operation: 'ReleaseHold', method: 'DELETE', path: '/holds/{id}', summary: 'Let go of a hold' },
  {
    operation: 'CheckOut',
    method: 'POST',
    path: '/holds/{holdId}/order',
    summary: 'Make an order of a hold',
    status: 201,
  },
  { operation: 'ListOrders', method: 'GET', path: '/orders', summary: 'Orders' },
  { operation: 'GetOrder', method: 'GET', path: '/orders/{id}', summary: 'An order and its tickets' },
  { operation: 'PayOrder', method: 'POST', path: '/orders/{orderId}/payments', summary: 'Pay an order' },
  { operation: 'RefundOrder', method: 'POST', path: '/orders/{orderId}/refunds', summary: 'Give money back' },
  { operation: 'ScanTicket', method: 'POST', path: '/scans', summary: 'Read a ticket at the door' },
];

/** The documents of `operations/` by the name of their operation. */
export function restDocuments(
  directory = join(import.meta.dirname, 'operations'),
): ReadonlyMap<string, string> {
  const texts = readdirSync(directory)
    .filter((name) => name.endsWith('.graphql'))
    .toSorted()
    .map((name) => readFileSync(join(directory, name), 'utf8'));
  const separate = separateOperations(parse(texts.join('\n')));
  return new Map(Object.entries(separate).map(([name, document]) => [name, print(document)]));
}
