import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { assertValidEvent, catalogue, catalogueSchemas, exampleOf, type EventType } from '@marquee/contracts';
import { asyncApiDocument } from './asyncapi.ts';
import { breaksText } from './breaks-text.ts';
import { eventsPage } from './events-page.ts';
import { snapshotPath } from './snapshot.ts';

const schemas = catalogueSchemas();
const types = Object.keys(catalogue) as EventType[];

test('the committed JSON Schema is that of the catalogue', () => {
  const file = join(import.meta.dirname, '../..', snapshotPath);
  expect(existsSync(file)).toBe(true);
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(schemas);
});

describe('the page of events', () => {
  test.each(types)('shows %s with a sentence, its fields and an example that is valid', async (type) => {
    const page = await eventsPage({ ...schemas, $defs: { [type]: schemas.$defs[type]! } });
    expect(page).toContain(`### ${type}`);
    expect(page).toContain(`Published by **${type.split('.')[0]}**.`);
    const example = JSON.parse(/```json\n(.*?)```/s.exec(page)![1]!) as { type: string; data: object };
    expect(() => assertValidEvent(example)).not.toThrow();
    for (const field of Object.keys(catalogue[type].properties)) expect(page).toContain(`\`${field}\``);
  });

  test('is the same from the same catalogue', async () => {
    expect(await eventsPage(schemas)).toBe(await eventsPage(schemas));
  });

  test('is not made for an event that nobody has described', async () => {
    const { description: _, ...silent } = schemas.$defs['events.event-published.v1']!;
    await expect(eventsPage({ ...schemas, $defs: { 'events.event-published.v1': silent } })).rejects.toThrow(
      'has no description',
    );
  });
});

test('an example that does not fit its event is a fault of the generator, not of the reader', () => {
  expect(() => exampleOf('events.event-published.v1', { type: 'object', properties: {} })).toThrow('eventId');
});

test('a break is told with event, path and reason', () => {
  const text = breaksText([{ event: 'a.b-c.v1', path: '/d', reason: 'it is gone' }]);
  expect(text).toMatch(/^a\.b-c\.v1 \/d: it is gone\n/);
});

describe('the AsyncAPI document', () => {
  const document = asyncApiDocument(schemas) as {
    readonly components: {
      readonly messages: Readonly<Record<string, { examples: { payload: { data: object } }[] }>>;
    };
  };

  test('has a message for each event, with an example that fits', () => {
    expect(Object.keys(document.components.messages)).toEqual(Object.keys(schemas.$defs));
    for (const [type, { examples }] of Object.entries(document.components.messages))
      expect(() => assertValidEvent({ type, data: examples[0]!.payload.data })).not.toThrow();
  });

  test('refers to nothing that it does not hold', () => {
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)].map(
      (match) => match[1]!,
    );
    const at = (path: string) =>
      path
        .split('/')
        .reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], document);
    expect(references.length).toBeGreaterThan(100);
    expect(references.filter((path) => at(path) === undefined)).toEqual([]);
  });
});
