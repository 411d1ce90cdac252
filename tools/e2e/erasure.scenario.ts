import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { newUuid } from '@marquee/kernel';
import { eventually } from '@marquee/testkit';
import { createClient } from 'graphql-sse';
import { compactVerify, importJWK, type JWK } from 'jose';
import { expectInvariants } from './invariants.ts';
import { buy, must, planEvent, type PlannedEvent } from './organisation.ts';
import type { TestPlatform } from './platform.ts';

/** Tables of money and of what was sold: an erasure changes nothing in them. */
const ledger =
  /^tickets\.(ticket_order|order_|payment|refund|invoice|ticket$|quota|occurrence_)|^analytics\./;

const findGuest = `query ($search: String) {
  guests(search: $search) { edges { node { id name preferences { value } } } }
}`;
const keep = `mutation ($input: UpdatePreferencesInput!) { updatePreferences(input: $input) { __typename } }`;
const erase = `mutation ($input: EraseGuestInput!) {
  eraseGuest(input: $input) { __typename ... on GuestErased { guestId guest { name email phone erasedAt } request { id } } }
}`;

type Notified = {
  readonly notificationsChanged: {
    readonly notifications: { readonly edges: readonly { readonly node: { readonly kind: string } }[] };
  } | null;
};
type Found = { readonly guests: { readonly edges: readonly { readonly node: { readonly id: string } }[] } };

/** Invariant 15, and that nothing is left of the person anywhere. */
export function describeErasure(platform: () => TestPlatform): void {
  describe('a guest who is erased', () => {
    const organisationId = newUuid();
    const email = `quill-${newUuid().slice(-12)}@example.com`;
    const name = `Quillon ${newUuid().slice(-12)}`;
    let owner: string;
    let planned: PlannedEvent;
    let guestId: string;

    beforeAll(async () => {
      const { client, tokens } = platform();
      owner = await tokens.token({ role: 'owner', organisationId });
      planned = await planEvent(client, owner, 'Forgetful');
      const occurrenceId = planned.occurrenceIds[0]!;
      const items = [{ ticketTypeId: planned.standingId, quantity: 2 }];
      await buy(client, owner, { occurrenceId, items, guest: { email, name } });
      const other = await buy(client, owner, {
        occurrenceId,
        items,
        guest: { email: 'holder@example.com', name: 'Holder' },
      });
      const offer = { input: { ticketId: other.tickets[0]!.id, toEmail: email } };
      await must(client, 'OfferTransfer', offer, owner, 'TransferOffered');
      const found = await client.query<Found>(findGuest, { search: email }, { token: owner });
      guestId = found.guests.edges[0]!.node.id;
      const preferences = [{ kind: 'DIETARY', value: `none of ${name}` }];
      await client.query(keep, { input: { guestId, preferences } }, { token: owner });
      await platform().settled();
    });

    test('hears live of what it bought, and of nobody else', async () => {
      const { client, tokens, running } = platform();
      const guest = await tokens.token({ role: 'guest', organisationId, email });
      const live = createClient({
        url: `${running.urls.gateway}/graphql`,
        headers: { authorization: `Bearer ${guest}` },
        singleConnection: false,
      });
      const seen: string[] = [];
      const query = `subscription ($guestId: ID!) { notificationsChanged(guestId: $guestId) {
        notifications { edges { node { id kind } } } } }`;
      const results = live.iterate<Notified>({ query, variables: { guestId } });
      const reading = (async () => {
        for await (const { data } of results)
          seen.push(...(data?.notificationsChanged?.notifications.edges ?? []).map(({ node }) => node.kind));
      })().catch(() => undefined);
      try {
        await eventually(() => expect(seen).toContain('ORDER_PAID'));
        const before = seen.length;
        const items = [{ ticketTypeId: planned.standingId, quantity: 1 }];
        await buy(client, owner, { occurrenceId: planned.occurrenceIds[2]!, items, guest: { email, name } });
        await eventually(() => expect(seen.slice(before)).toContain('ORDER_PAID'));
      } finally {
        live.dispose();
        await reading;
      }
      await platform().settled();
    });

    test('was in no log and in no stream in clear, only in the rows of those who need it', async () => {
      const places = await placesOf(platform(), email);
      // And in the post, for as long as the link to the order is on its way.
      expect(places.filter((place) => place !== 'identity.mail').toSorted()).toEqual([
        'guests.guest',
        'tickets.guest',
        'tickets.transfer',
      ]);
      expect(filesWith(platform(), email)).toEqual([]);
    });

    test('is nowhere any more, and every sum is as it was', async () => {
      const before = await ledgerOf(platform(), organisationId);
      expect(Object.keys(before).length).toBeGreaterThan(4);
      const { eraseGuest } = await platform().client.query<{ eraseGuest: unknown }>(
        erase,
        { input: { guestId, idempotencyKey: newUuid() } },
        { token: owner },
      );
      expect(eraseGuest).toEqual({
        __typename: 'GuestErased',
        guestId,
        guest: {
          name: 'Erased guest',
          email: expect.stringMatching(/@erased\.invalid$/),
          phone: null,
          erasedAt: expect.any(String),
        },
        request: { id: expect.any(String) },
      });
      await eventually(async () => {
        expect(await placesOf(platform(), email)).toEqual([]);
        // The law wants the name on an invoice, and the invoice kept; it says no more of the person.
        expect(await placesOf(platform(), name)).toEqual(['tickets.invoice']);
      });
      await platform().settled();
      expect(filesWith(platform(), email)).toEqual([]);
      expect(await ledgerOf(platform(), organisationId)).toEqual(before);
      await expectInvariants(platform());
    });

    test('is certified by every service, with sums that have not changed', async () => {
      const { client, running } = platform();
      type Certified = {
        readonly guest: { readonly privacyRequests: readonly { certificate: string | null }[] };
      };
      const read = `query Certified($id: ID!) { guest(id: $id) { privacyRequests { certificate } } }`;
      let certificate: string | null = null;
      await eventually(async () => {
        const { guest } = await client.query<Certified>(read, { id: guestId }, { token: owner });
        certificate = guest.privacyRequests[0]!.certificate;
        expect(certificate).not.toBeNull();
      });
      const { keys } = (await (await fetch(`${running.urls.gateway}/audit/keys`)).json()) as {
        keys: (JWK & { log: string })[];
      };
      const key = await importJWK(
        keys.find(({ log }) => log === 'guests')!,
        'EdDSA',
      );
      const { payload } = await compactVerify(certificate!, key);
      const { services } = JSON.parse(Buffer.from(payload).toString('utf8'));
      expect(Object.keys(services)).toEqual(['guests', 'hub', 'tickets']);
      const { before, after } = services.tickets.ledger;
      expect(after).toEqual(before);
      expect(before).toEqual([expect.objectContaining({ currency: 'EUR', orders: 2 })]);
      expect(JSON.stringify(services)).not.toContain(name);
    });

    test('is not found again, and a new one with the address is another', async () => {
      const { client } = platform();
      const found = await client.query<Found>(findGuest, { search: email }, { token: owner });
      expect(found.guests.edges).toEqual([]);
      const items = [{ ticketTypeId: planned.standingId, quantity: 1 }];
      await buy(client, owner, { occurrenceId: planned.occurrenceIds[1]!, items, guest: { email, name } });
      const again = await client.query<Found>(findGuest, { search: email }, { token: owner });
      expect(again.guests.edges[0]!.node.id).not.toBe(guestId);
    });
  });
}

async function ledgerOf(platform: TestPlatform, organisationId: string): Promise<Record<string, string>> {
  await platform.settled();
  const digests = Object.entries(await platform.fingerprint(organisationId));
  return Object.fromEntries(
    digests.filter(([table]) => ledger.test(table) && !/checkpoint|event_/.test(table)),
  );
}

/** The tables of all services in which some row holds the text, as the superuser sees them. */
async function placesOf(platform: TestPlatform, text: string): Promise<string[]> {
  const places: string[] = [];
  for (const service of Object.keys(platform.running.databases)) {
    const tables = await platform.rows<{ name: string }>(
      service,
      `select quote_ident(table_name) as name from information_schema.tables
       where table_schema = 'public' and table_type = 'BASE TABLE'`,
    );
    for (const { name } of tables) {
      const [row] = await platform.rows<{ found: boolean }>(
        service,
        `select exists (select from ${name} t where strpos(lower(t::text), lower($1)) > 0) as found`,
        [text],
      );
      if (row!.found) places.push(`${service}.${name}`);
    }
  }
  return places;
}

/** The files of the broker that hold the text. */
function filesWith({ running }: TestPlatform, text: string): string[] {
  const store = join(running.home, 'nats');
  const files = readdirSync(store, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  expect(files.length).toBeGreaterThan(0);
  return files
    .map(({ parentPath, name }) => join(parentPath, name))
    .filter((file) => readFileSync(file).includes(text));
}
