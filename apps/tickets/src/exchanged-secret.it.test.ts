import { expect, test } from '@jest/globals';
import { newUuid } from '@marquee/kernel';
import { createInvoiceLinks } from './invoices/invoice-link.ts';
import { createFileLinks } from './passes/file-links.ts';
import { isSigned, signBody } from './payments/signature.ts';
import { createWaitingRoomTokens } from './waiting-room/position-token.ts';

const [old, fresh] = ['o'.repeat(32), 'n'.repeat(32)];
const publicUrl = 'https://tickets.example';
const now = new Date('2027-03-20T19:00:00Z');
const [organisationId, id] = [newUuid(), newUuid()];

/** Whether who holds `verifying` takes what who holds `signing` handed out. */
const handedOut: Readonly<Record<string, (signing: string, verifying: string) => boolean>> = {
  'a link to a ticket': (signing, verifying) => {
    const { url } = createFileLinks({ publicUrl, secret: signing }).linkTo(
      { kind: 'ticket', organisationId, id },
      now,
    );
    const { pathname, search } = new URL(url);
    return createFileLinks({ publicUrl, secret: verifying }).read(pathname, search, now) !== null;
  },
  'a link to an invoice': (signing, verifying) => {
    const links = createInvoiceLinks({ publicUrl, secret: signing });
    const { pathname, search } = new URL(links.linkTo({ organisationId, id }, now));
    return createInvoiceLinks({ publicUrl, secret: verifying }).read(pathname, search, now) !== null;
  },
  'a place in a waiting room': (signing, verifying) => {
    const place = { round: 1, kind: 'LATER', number: 7, occurrenceId: id, visitor: 'ab'.repeat(16) } as const;
    const token = createWaitingRoomTokens(signing).signPosition(place);
    return createWaitingRoomTokens(verifying).readPosition(token) !== null;
  },
  'a webhook of the sandbox': (signing, verifying) =>
    isSigned('{}', signBody('{}', signing, now), verifying, now),
};

test.each(Object.keys(handedOut))(
  '%s outlives the exchange of the secret until the old one is gone',
  (what) => {
    const taken = handedOut[what]!;
    for (const signing of [old, `${old},${fresh}`])
      for (const verifying of [old, `${old},${fresh}`, `${fresh},${old}`])
        expect(taken(signing, verifying)).toBe(true);
    expect([taken(`${fresh},${old}`, fresh), taken(fresh, `${fresh},${old}`)]).toEqual([true, true]);
    expect([taken(old, fresh), taken(fresh, old)]).toEqual([false, false]);
  },
);
