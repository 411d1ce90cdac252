import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import type { GraphClient } from '../client/graph-client.ts';
import type { Kind, Row } from './kinds.ts';
import { each, inGroups, readRows, type NumberedRow } from './read-rows.ts';

/** What became of one row. */
export type RowReport = {
  readonly line: number;
  /** The guest's address, or the number of the order in the file. */
  readonly key: string;
  readonly result: 'TAKEN' | 'REFUSED';
  /** What it is now: the id of the guest, the number of the order. */
  readonly became: string;
  /** The column that is wrong, where one is. */
  readonly field: string;
  readonly reason: string;
};

export type ImportOptions = {
  /** Orders that are PAID in the file are paid with this; without it they stay to be paid. */
  readonly payment?: { readonly provider: string; readonly token: string };
  readonly onRow: (report: RowReport) => void | Promise<void>;
};

type Sender = Pick<GraphClient, 'send'>;
type Answer = Readonly<Record<string, unknown>> & {
  readonly __typename: string;
  readonly message?: string;
  readonly field?: string;
};

/** Asked at the same time: more would only wait in front of the same counters. */
const concurrency = 8;

/**
 * Takes in a file a row at a time, as the person whose token the client sends: what that person may not do is refused,
 * row by row. The reports come in the order of the file. Taking it in again changes nothing: guests are known by their
 * address, and each step of an order by a key made of its number in the file and of what it asks for.
 */
export async function importRows(
  client: Sender,
  kind: Kind,
  file: Readable,
  { payment, onRow }: ImportOptions,
): Promise<{ readonly taken: number; readonly refused: number }> {
  const counts = { taken: 0, refused: 0 };
  const rows = readRows(file, kind);
  const groups = kind.name === 'guests' ? each(rows) : inGroups(rows, (row) => row['order']!);
  const work = (group: readonly NumberedRow[]) =>
    kind.name === 'guests' ? takeGuests(client, group) : takeOrder(client, group, payment);
  const open: Promise<RowReport[]>[] = [];
  const tell = async () => {
    for (const report of await open.shift()!) {
      counts[report.result === 'TAKEN' ? 'taken' : 'refused'] += 1;
      await onRow(report);
    }
  };
  for await (const group of groups) {
    open.push(work(group));
    if (open.length >= concurrency) await tell();
  }
  while (open.length > 0) await tell();
  return counts;
}

const registerGuest = `mutation Import($input: RegisterGuestInput!) { registerGuest(input: $input) { __typename
  ... on GuestRegistered { guestId } ... on InvalidInput { field } ... on Refusal { message } } }`;
const holdTickets = `mutation Import($input: HoldTicketsInput!) { holdTickets(input: $input) { __typename
  ... on TicketsHeld { hold { id } } ... on InvalidInput { field } ... on Refusal { message } } }`;
const checkOut = `mutation Import($input: CheckOutInput!) { checkOut(input: $input) { __typename
  ... on OrderPlaced { order { id number } } ... on InvalidInput { field } ... on Refusal { message } } }`;
const payOrder = `mutation Import($input: PayOrderInput!) { payOrder(input: $input) { __typename
  ... on OrderPaid { order { id } } ... on InvalidInput { field } ... on Refusal { message } } }`;

/** The one field of the answer; what went wrong on the way reads like a refusal. */
async function ask(client: Sender, document: string, input: object): Promise<Answer> {
  const { data, errors } = await client.send<Record<string, Answer>>(document, { input });
  const answer = data && Object.values(data)[0];
  if (answer && errors.length === 0) return answer;
  return { __typename: 'Fault', message: errors[0]?.message ?? 'The platform did not answer.' };
}

async function takeGuests(client: Sender, group: readonly NumberedRow[]): Promise<RowReport[]> {
  const reports: RowReport[] = [];
  for (const { line, row } of group) {
    const { email = '', name = '', locale = '' } = row;
    const answer = await ask(client, registerGuest, { email, name, ...(locale && { locale }) });
    const of = { line, key: email };
    if (answer.__typename === 'GuestRegistered') reports.push(taken(of, String(answer['guestId'])));
    else reports.push(refused(of, answer));
  }
  return reports;
}

const taken = (of: { readonly line: number; readonly key: string }, became: string): RowReport => ({
  ...of,
  result: 'TAKEN',
  became,
  field: '',
  reason: '',
});
const refused = (
  of: { readonly line: number; readonly key: string },
  { field, message }: Pick<Answer, 'field' | 'message'>,
): RowReport => ({
  ...of,
  result: 'REFUSED',
  became: '',
  field: columnOf(field ?? ''),
  reason: message ?? '',
});

/** The graph names a field of its input, the report the column that it came from. */
function columnOf(field: string): string {
  if (/email$/.test(field)) return field.includes('.') ? 'guestEmail' : 'email';
  if (/name$/.test(field)) return field.includes('.') ? 'guestName' : 'name';
  return /([A-Za-z]+)(\.\d+)?$/.exec(field)?.[1] ?? field;
}

type Item = { ticketTypeId: string; quantity: number; seatIds: string[] };

/** The rows of one order: what they ask for at each occurrence is held, then checked out as one, then paid. */
async function takeOrder(
  client: Sender,
  group: readonly NumberedRow[],
  payment: ImportOptions['payment'],
): Promise<RowReport[]> {
  const key = group[0]!.row['order']!;
  const wrong = group.flatMap(({ row }) => faultOf(row)).at(0);
  const all = (outcome: (of: { readonly line: number; readonly key: string }) => RowReport) =>
    group.map(({ line }) => outcome({ line, key }));
  // An order is taken as a whole or not at all.
  if (wrong) return all((of) => refused(of, wrong));
  const holdIds: string[] = [];
  for (const [occurrenceId, items] of itemsOf(group)) {
    const request = { occurrenceId, items };
    const held = await ask(client, holdTickets, { idempotencyKey: keyOf(key, 'hold', request), ...request });
    if (held.__typename !== 'TicketsHeld') return all((of) => refused(of, held));
    holdIds.push((held['hold'] as { id: string }).id);
  }
  const { guestEmail: email, guestName: name, status, orderStatus } = group[0]!.row;
  const request = {
    ...(holdIds.length === 1 ? { holdId: holdIds[0] } : { holdIds }),
    guest: { email, name },
  };
  const placed = await ask(client, checkOut, { idempotencyKey: keyOf(key, 'checkOut', request), ...request });
  if (placed.__typename !== 'OrderPlaced') return all((of) => refused(of, placed));
  const order = placed['order'] as { id: string; number: string };
  if (payment && (orderStatus || status) === 'PAID') {
    const { provider, token: paymentToken } = payment;
    const bill = { orderId: order.id, provider, paymentToken };
    const paid = await ask(client, payOrder, { idempotencyKey: keyOf(key, 'pay', bill), ...bill });
    if (paid.__typename !== 'OrderPaid') return all((of) => refused(of, paid));
  }
  return all((of) => taken(of, order.number));
}

/** What the graph would not even understand, named by its column. */
function faultOf(row: Row): { readonly field: string; readonly message: string }[] {
  if (!row['order'])
    return [{ field: 'order', message: 'must name the order: by it the row is known again' }];
  if (row['quantity'] !== undefined && !/^[1-9]\d{0,2}$/.test(row['quantity']))
    return [{ field: 'quantity', message: 'must be a whole number from 1 to 999' }];
  return [];
}

/** One item a ticket type, as the graph wants it. Tickets have a row each; of orders the quantity says how many. */
function itemsOf(group: readonly NumberedRow[]): Map<string, Item[]> {
  const items = new Map<string, Item[]>();
  for (const { row } of group) {
    const { occurrenceId = '', ticketTypeId = '', quantity = '1', seatIds = '' } = row;
    const of = items.get(occurrenceId) ?? [];
    items.set(occurrenceId, of);
    let item = of.find((known) => known.ticketTypeId === ticketTypeId);
    if (!item) of.push((item = { ticketTypeId, quantity: 0, seatIds: [] }));
    item.quantity += Number(quantity);
    item.seatIds.push(...seatIds.split(' ').filter((id) => id !== ''));
  }
  return items;
}

function keyOf(order: string, step: string, request: object): string {
  const digest = createHash('sha256')
    .update(JSON.stringify([order, step, request]))
    .digest('base64url');
  return `csv-${step}-${digest}`;
}
