/** A tab of the explorer as it is first opened. */
export type ExplorerExample = { readonly query: string; readonly variables?: string };

const upcoming = `# Welcome to Marquee's graph. More examples are in the tabs beside this one.
#
# Sign in: the button at the top, or npm run token -- --role organiser
# and put the token under Headers below: { "authorization": "Bearer …" }

query Upcoming {
  occurrences(first: 3) {
    edges {
      node {
        id
        startsAt
        event { title }
        space { name venue { name } }
        availability { status available }
        ticketTypes { id name currentPrice { amountMinor currency } }
      }
    }
  }
}
`;

const holdTickets = `# Take an occurrence and a ticket type from Upcoming. The same key again gives the same hold.
mutation Hold($input: HoldTicketsInput!) {
  holdTickets(input: $input) {
    __typename
    ... on TicketsHeld { hold { id expiresAt total { amountMinor currency } } }
    ... on NotEnoughTickets { available }
    ... on Refusal { message }
  }
}
`;

const buy = `# First CheckOut with the hold, then Pay with the order: choose which to run above.
mutation CheckOut($order: CheckOutInput!) {
  checkOut(input: $order) {
    __typename
    ... on OrderPlaced { order { id number total { amountMinor currency } } }
    ... on Refusal { message }
  }
}

mutation Pay($payment: PayOrderInput!) {
  payOrder(input: $payment) {
    __typename
    ... on OrderPaid { order { number tickets { id credential } } }
    ... on Refusal { message }
  }
}
`;

const sales = `# As an organiser: how everything sells.
query Sales {
  organisationStats { ticketsSold revenue { amountMinor currency } }
  events(first: 5) {
    edges { node { title status stats { ticketsSold checkedIn } } }
  }
}
`;

const live = `# Leave it open and hold tickets in another tab.
subscription Availability($occurrenceId: ID!) {
  availabilityChanged(occurrenceId: $occurrenceId) {
    event { title }
    availability { status available }
  }
}
`;

const again = `# Anything by its id, whatever it is.
query Again($id: ID!) {
  node(id: $id) {
    __typename
    id
    ... on Event { title }
    ... on Occurrence { startsAt }
    ... on Order { number status }
    ... on Ticket { ticketStatus: status }
  }
}
`;

const json = (value: object) => JSON.stringify(value, null, 2);

/** What people look for first, each run as it stands once its ids are filled in. */
export const explorerExamples: readonly ExplorerExample[] = [
  { query: upcoming },
  {
    query: holdTickets,
    variables: json({
      input: {
        idempotencyKey: 'explorer-1',
        occurrenceId: 'occ_',
        items: [{ ticketTypeId: 'tty_', quantity: 2 }],
      },
    }),
  },
  {
    query: buy,
    variables: json({
      order: {
        idempotencyKey: 'explorer-2',
        holdId: 'hld_',
        guest: { email: 'ada@example.com', name: 'Ada Lovelace' },
      },
      payment: {
        idempotencyKey: 'explorer-3',
        orderId: 'ord_',
        provider: 'sandbox',
        paymentToken: 'approve',
      },
    }),
  },
  { query: sales },
  { query: live, variables: json({ occurrenceId: 'occ_' }) },
  { query: again, variables: json({ id: 'occ_' }) },
];
