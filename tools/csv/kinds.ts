/** A row of a file, by the names in its first line. */
export type Row = Readonly<Record<string, string>>;

export type Kind = {
  readonly name: 'guests' | 'orders' | 'tickets';
  /** In the order in which they are written. */
  readonly columns: readonly string[];
  /** Without these a file cannot be taken in. */
  readonly needed: readonly string[];
  /** A page of the graph, with `$first` and `$after`. */
  readonly query: string;
  /** The root field of that page, a connection. */
  readonly field: string;
  /** The rows that one node becomes. */
  rowsOf(node: never): Row[];
};

type Money = { readonly amountMinor: number | string; readonly currency: string };
type Guest = { readonly name: string; readonly email: string } | null;
type GuestNode = {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly locale: string;
  readonly phone: string | null;
  readonly registeredAt: string;
};
type OrderNode = {
  readonly id: string;
  readonly number: string;
  readonly status: string;
  readonly createdAt: string;
  readonly paidAt: string | null;
  readonly total: Money;
  readonly guest: Guest;
  readonly lines: readonly {
    readonly quantity: number;
    readonly unitPrice: Money;
    readonly occurrence: { readonly id: string } | null;
    readonly ticketType: { readonly id: string; readonly name: string };
    readonly seats: readonly ({ readonly id: string } | null)[];
  }[];
};
type TicketNode = {
  readonly number: string;
  readonly status: string;
  readonly tickets: readonly {
    readonly id: string;
    readonly status: string;
    readonly admittedAt: string | null;
    readonly guest: Guest;
    readonly seat: { readonly id: string; readonly label: string | null } | null;
    readonly occurrence: { readonly id: string } | null;
    readonly ticketType: { readonly id: string; readonly name: string };
  }[];
};

const page = (field: string, fields: string) =>
  `query Export($first: Int!, $after: String) { ${field}(first: $first, after: $after) {
     edges { node { ${fields} } } pageInfo { hasNextPage endCursor } } }`;

const guests: Kind = {
  name: 'guests',
  columns: ['guestId', 'email', 'name', 'locale', 'phone', 'registeredAt'],
  needed: ['email', 'name'],
  field: 'guests',
  query: page('guests', 'id email name locale phone registeredAt'),
  rowsOf: ({ id, phone, ...guest }: GuestNode) => [{ guestId: id, phone: phone ?? '', ...guest }],
};

const orderFields = `number status createdAt paidAt total { amountMinor currency } guest { name email }
     lines { quantity unitPrice { amountMinor currency } occurrence { id } ticketType { id name } seats { id } }`;

const orders: Kind = {
  name: 'orders',
  columns: [
    'order',
    'status',
    'guestEmail',
    'guestName',
    'occurrenceId',
    'ticketTypeId',
    'ticketType',
    'quantity',
    'seatIds',
    'unitPriceMinor',
    'currency',
    'orderTotalMinor',
    'createdAt',
    'paidAt',
  ],
  needed: ['order', 'guestEmail', 'guestName', 'occurrenceId', 'ticketTypeId', 'quantity'],
  field: 'orders',
  query: page('orders', orderFields),
  rowsOf: orderRows,
};

function orderRows(order: OrderNode): Row[] {
  return order.lines.map((line) => ({
    order: order.number,
    status: order.status,
    guestEmail: order.guest?.email ?? '',
    guestName: order.guest?.name ?? '',
    occurrenceId: line.occurrence?.id ?? '',
    ticketTypeId: line.ticketType.id,
    ticketType: line.ticketType.name,
    quantity: String(line.quantity),
    seatIds: line.seats.flatMap((seat) => (seat ? [seat.id] : [])).join(' '),
    unitPriceMinor: String(line.unitPrice.amountMinor),
    currency: line.unitPrice.currency,
    orderTotalMinor: String(order.total.amountMinor),
    createdAt: order.createdAt,
    paidAt: order.paidAt ?? '',
  }));
}

const tickets: Kind = {
  name: 'tickets',
  columns: [
    'ticketId',
    'order',
    'status',
    'orderStatus',
    'guestEmail',
    'guestName',
    'occurrenceId',
    'ticketTypeId',
    'ticketType',
    'seatIds',
    'seat',
    'admittedAt',
  ],
  needed: ['order', 'guestEmail', 'guestName', 'occurrenceId', 'ticketTypeId'],
  field: 'orders',
  query: page(
    'orders',
    `number status tickets { id status admittedAt guest { name email } seat { id label } occurrence { id }
     ticketType { id name } }`,
  ),
  rowsOf: (order: TicketNode) =>
    order.tickets.map((ticket) => ({
      ticketId: ticket.id,
      order: order.number,
      status: ticket.status,
      orderStatus: order.status,
      guestEmail: ticket.guest?.email ?? '',
      guestName: ticket.guest?.name ?? '',
      occurrenceId: ticket.occurrence?.id ?? '',
      ticketTypeId: ticket.ticketType.id,
      ticketType: ticket.ticketType.name,
      seatIds: ticket.seat?.id ?? '',
      seat: ticket.seat?.label ?? '',
      admittedAt: ticket.admittedAt ?? '',
    })),
};

type Cell = {
  readonly column: string;
  readonly value: string | null;
  readonly warning: string | null;
};

/** Orders with the columns that plugins add, after our own; a column that is empty because of its plugin is told once. */
export function ordersWithPlugins(onWarning: (warning: string) => void): Kind {
  const told = new Set<string>();
  const cellsOf = (cells: readonly Cell[]): Row => {
    for (const { warning } of cells) {
      if (warning === null || told.has(warning)) continue;
      told.add(warning);
      onWarning(warning);
    }
    return Object.fromEntries(cells.map(({ column, value }) => [column, value ?? '']));
  };
  return {
    ...orders,
    query: page('orders', `${orderFields} reportColumns { column value warning }`),
    rowsOf: (order: OrderNode & { readonly reportColumns: readonly Cell[] | null }) => {
      const cells = cellsOf(order.reportColumns ?? []);
      return orderRows(order).map((row) => ({ ...cells, ...row }));
    },
  };
}

export const kinds: readonly Kind[] = [orders, guests, tickets];
