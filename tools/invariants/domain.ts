/** What is never broken, in the domain's words and by its numbers. */
export const domainInvariants: readonly string[] = [
  'sold + live holds + live offers <= size, for every quota touched',
  'one live claim per (occurrence, seat)',
  'expiry is by the clock: what expired entitles nobody, whatever the sweeper has done',
  'a hold converts at most once; a late payment takes places anew or goes back',
  'refunds <= confirmed payments',
  'an order is its lines, fees and tax, in one currency',
  'a ticket admits once per list, direction and entry rule; a nonce counts once',
  'a transfer invalidates the old credential and consumes no capacity',
  'one pending offer an entry of the waitlist, netted out of capacity',
  'uses of a voucher <= its maximum',
  'invoices are immutable and gapless per series',
  'bookings of a space never overlap',
  'every change of state has its event; what is in the log is in the tables',
  'no read or write crosses a tenant',
  "erasing a guest keeps the ledger's totals",
];
