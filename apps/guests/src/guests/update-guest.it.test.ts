import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { readStream, streamId } from '@marquee/event-log';
import { decodeId, encodeId, newUuid } from '@marquee/kernel';
import type { Viewer } from '@marquee/subgraph';
import { testDatabase, type TestDatabase } from '@marquee/testkit';
import { registerDocument, serveForTest, viewerOf } from '../harness.test-support.ts';
import { migrations } from '../migrations/index.ts';
import { guestEntity } from './guest.entity.ts';

let db: TestDatabase;
let graph: Awaited<ReturnType<typeof serveForTest>>;
let organisationId: string;
let staff: Viewer;
let herself: Viewer;
let ada: string;

beforeAll(async () => {
  db = await testDatabase({ name: 'guests', migrations, entities: [guestEntity] });
  graph = await serveForTest(db.database);
});
afterAll(async () => {
  await graph?.drain();
  await db?.drop();
});
beforeEach(async () => {
  organisationId = newUuid();
  staff = viewerOf(organisationId, 'ORGANISER');
  herself = viewerOf(organisationId, 'GUEST', 'ADA@example.com');
  ada = await register('ada@example.com', 'Ada');
});

async function register(email: string, name: string): Promise<string> {
  const { data } = await graph.ask(staff, registerDocument, { input: { email, name } });
  return data.registerGuest.guestId;
}

async function update(input: object, viewer = staff) {
  const document = `mutation Update($input: UpdateGuestInput!) {
    updateGuest(input: $input) {
      __typename
      ... on GuestUpdated { guest { id name email locale phone preferences { kind value } } }
      ... on InvalidInput { field }
      ... on Refusal { message }
    }
  }`;
  const { data, errors } = await graph.ask(viewer, document, { input });
  return data?.updateGuest ?? errors;
}

async function prefer(input: object, viewer = staff) {
  const document = `mutation Prefer($input: UpdatePreferencesInput!) {
    updatePreferences(input: $input) {
      __typename
      ... on PreferencesUpdated { guest { preferences { kind value } } }
      ... on InvalidInput { field }
      ... on Refusal { message }
    }
  }`;
  const { data, errors } = await graph.ask(viewer, document, { input });
  return data?.updatePreferences ?? errors;
}

async function eventTypes(id = ada): Promise<string[]> {
  const stream = streamId('guest', decodeId('Guest', id)!);
  const events = await db.database.read({ organisationId }, (tx) => readStream(tx, stream));
  return events.map(({ type }) => type);
}

describe('updateGuest', () => {
  test('changes what is given, leaves the rest and says so in an event', async () => {
    expect(await update({ id: ada, name: 'Ada L.', phone: '+43 1 234567' })).toMatchObject({
      guest: { name: 'Ada L.', email: 'ada@example.com', locale: 'en', phone: '+431234567' },
    });
    expect(await update({ id: ada, phone: null, locale: 'de' })).toMatchObject({
      guest: { name: 'Ada L.', locale: 'de', phone: null },
    });
    expect(await eventTypes()).toEqual([
      'guests.guest-registered.v1',
      'guests.guest-updated.v1',
      'guests.guest-updated.v1',
    ]);
  });

  test('leaves no event where nothing changes', async () => {
    expect(await update({ id: ada, name: 'Ada' })).toMatchObject({ __typename: 'GuestUpdated' });
    expect(await eventTypes()).toHaveLength(1);
  });

  test('lets a guest change herself, but not her address, and nobody else', async () => {
    expect(await update({ id: ada, name: 'Ada Lovelace' }, herself)).toMatchObject({
      guest: { name: 'Ada Lovelace' },
    });
    expect(await update({ id: ada, email: 'grace@example.com' }, herself)).toMatchObject({
      __typename: 'InvalidInput',
      field: 'email',
    });
    const grace = await register('grace@example.com', 'Grace');
    expect(await update({ id: grace, name: 'x' }, herself)).toMatchObject({ __typename: 'NotFound' });
    const boxOffice = viewerOf(organisationId, 'BOX_OFFICE');
    expect(await update({ id: grace, name: 'x' }, boxOffice)).toMatchObject({ __typename: 'NotFound' });
    expect(await eventTypes(grace)).toHaveLength(1);
  });

  test('gives a guest another address unless somebody has it', async () => {
    await register('grace@example.com', 'Grace');
    expect(await update({ id: ada, email: 'GRACE@example.com' })).toMatchObject({ __typename: 'EmailTaken' });
    expect(await update({ id: ada, email: 'countess@example.com' })).toMatchObject({
      guest: { email: 'countess@example.com' },
    });
    expect(await eventTypes()).toHaveLength(2);
  });

  test('knows no guest of another organisation, nor one that never was', async () => {
    const stranger = viewerOf(newUuid(), 'OWNER', 'ada@example.com');
    expect(await update({ id: ada, name: 'x' }, stranger)).toMatchObject({ __typename: 'NotFound' });
    const unknown = encodeId('Guest', newUuid());
    expect(await update({ id: unknown, name: 'x' })).toMatchObject({ __typename: 'NotFound' });
  });

  test.each([
    ['id', { id: 'gst_nonsense' }],
    ['id', { id: encodeId('Order', newUuid()) }],
    ['id', { id: 'x'.repeat(1_000_000) }],
    ['name', { name: '' }],
    ['email', { email: 'nobody' }],
    ['locale', { locale: '??' }],
    ['phone', { phone: '12' }],
    ['idempotencyKey', { name: 'x', idempotencyKey: 'k'.repeat(201) }],
    ['idempotencyKey', { name: 'x', idempotencyKey: '' }],
  ])('names the bad field %s and changes nothing', async (field, input) => {
    expect(await update({ id: ada, ...input })).toMatchObject({ __typename: 'InvalidInput', field });
    expect(await eventTypes()).toHaveLength(1);
  });

  test('has one effect for a key, and refuses the key for something else', async () => {
    const input = { id: ada, name: 'Ada L.', idempotencyKey: 'once' };
    const answers = await Promise.all(Array.from({ length: 10 }, () => update(input)));
    expect(new Set(answers.map((answer) => answer.__typename))).toEqual(new Set(['GuestUpdated']));
    await update({ id: ada, name: 'Countess' });
    expect(await update(input)).toMatchObject({ guest: { name: 'Countess' } });
    expect(await update({ ...input, name: 'Eve' })).toMatchObject({ __typename: 'IdempotencyConflict' });
    expect(await eventTypes()).toHaveLength(3);
  });
});

describe('updatePreferences', () => {
  const vegan = { kind: 'DIETARY', value: 'vegan' };
  const ramp = { kind: 'ACCESSIBILITY', value: 'step-free access' };

  test('replaces all of them, by staff or the guest herself', async () => {
    expect(await prefer({ guestId: ada, preferences: [vegan, ramp, vegan] })).toMatchObject({
      guest: { preferences: [vegan, ramp] },
    });
    expect(await prefer({ guestId: ada, preferences: [ramp] }, herself)).toMatchObject({
      guest: { preferences: [ramp] },
    });
    await prefer({ guestId: ada, preferences: [ramp] });
    expect(await eventTypes()).toEqual([
      'guests.guest-registered.v1',
      'guests.preferences-updated.v1',
      'guests.preferences-updated.v1',
    ]);
  });

  test('takes no preferences for somebody else', async () => {
    const stranger = viewerOf(organisationId, 'GUEST', 'eve@example.com');
    expect(await prefer({ guestId: ada, preferences: [vegan] }, stranger)).toMatchObject({
      __typename: 'NotFound',
    });
  });

  test('names the bad field', async () => {
    expect(await prefer({ guestId: 'x', preferences: [] })).toMatchObject({ field: 'guestId' });
    const blank = { kind: 'SEATING', value: ' ' };
    expect(await prefer({ guestId: ada, preferences: [vegan, blank] })).toMatchObject({
      __typename: 'InvalidInput',
      field: 'preferences.1.value',
    });
  });

  test('has one effect for a key', async () => {
    const input = { guestId: ada, preferences: [vegan], idempotencyKey: 'once' };
    await prefer(input);
    await prefer({ guestId: ada, preferences: [] });
    expect(await prefer(input)).toMatchObject({ guest: { preferences: [] } });
    expect(await prefer({ ...input, preferences: [ramp] })).toMatchObject({
      __typename: 'IdempotencyConflict',
    });
  });
});
