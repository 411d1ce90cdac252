import { describe, expect, test } from '@jest/globals';
import type { DomainEvent } from '@marquee/contracts';
import { newUuid } from '@marquee/kernel';
import { headers, type MsgHdrs } from 'nats';
import { describe as describeError, isTransient } from './faults.ts';
import { released } from './fixtures/world.ts';
import { settings } from './link.ts';
import {
  bySource,
  comparePositions,
  createTopology,
  parseIncoming,
  parsePosition,
  toOutgoing,
} from './topology.ts';

const topology = createTopology('marquee');
const organisationId = newUuid();
const event = {
  ...released(3),
  id: newUuid(),
  streamId: `hold-${newUuid()}`,
  version: 1,
  organisationId,
  occurredAt: '2027-01-01T00:00:00.000Z',
  correlationId: 'door-7',
  actor: 'acc_müller',
} as DomainEvent;

/** Headers as the other side gets them. */
function received(written: unknown): MsgHdrs {
  const all = headers();
  const text = new TextDecoder().decode((written as { encode(): Uint8Array }).encode());
  for (const line of text.split('\r\n').slice(1, -2)) {
    const [name, value] = line.split(': ') as [string, string];
    all.set(name, value);
  }
  return all;
}

describe('a subject', () => {
  test('names source, organisation, type and stream, and its filter matches every organisation', () => {
    expect(topology.subject(event)).toBe(
      `marquee.tickets.${organisationId}.hold-released.v1.${event.streamId}`,
    );
    expect(topology.filter('tickets.hold-released.v1')).toBe('marquee.tickets.*.hold-released.v1.*');
    expect(topology.stream('tickets')).toBe('MARQUEE_tickets');
    expect(topology.wake('tickets').startsWith('marquee.tickets.')).toBe(false);
  });

  test('is grouped by the service that publishes it', () => {
    expect([
      ...bySource(['tickets.hold-placed.v1', 'venues.space-booked.v1', 'tickets.hold-expired.v1']),
    ]).toEqual([
      ['tickets', ['tickets.hold-placed.v1', 'tickets.hold-expired.v1']],
      ['venues', ['venues.space-booked.v1']],
    ]);
  });
});

describe('a message', () => {
  test('gives back the event and its place in the log', () => {
    const outgoing = toOutgoing(topology, event, { tx: '9', position: '120' });
    const text = new TextDecoder().decode(outgoing.payload);
    const incoming = parseIncoming(text, received(outgoing.headers()));
    expect(incoming).toMatchObject({ event, position: { tx: '9', position: '120' }, fault: null });
    expect(received(outgoing.headers()).get('Nats-Msg-Id')).toBe(event.id);
    expect(received(outgoing.headers()).get('x-correlation-id')).toBe('door-7');
  });

  test('that is no event says why', () => {
    for (const text of ['not json', '{}', JSON.stringify({ ...event, type: 'tickets.unknown.v1' })]) {
      const { event: none, position, fault } = parseIncoming(text);
      expect([none, position]).toEqual([null, null]);
      expect(fault!.message).toContain('not an event');
    }
  });
});

test('positions are ordered by transaction, then by place, as numbers', () => {
  const ordered = ['2/9', '2/10', '10/1', '10/2', '100/1'].map((text) => parsePosition(text)!);
  expect(ordered.toReversed().sort(comparePositions)).toEqual(ordered);
  expect(comparePositions(ordered[0]!, { ...ordered[0]! })).toBe(0);
  expect(['', 'x', '1', '1/', '-1/2'].map((text) => parsePosition(text))).toEqual([
    null,
    null,
    null,
    null,
    null,
  ]);
});

test('a fault is transient when it passes by itself, and only then', () => {
  const coded = (code: string) => Object.assign(new Error('x'), { code });
  for (const code of ['ECONNREFUSED', '40P01', '40001', '57P01', '53300', '08006', '55P03']) {
    expect(isTransient(coded(code))).toBe(true);
    expect(isTransient(new Error('wrapped', { cause: coded(code) }))).toBe(true);
  }
  for (const code of ['23505', '22P02', '57014', '42P01']) expect(isTransient(coded(code))).toBe(false);
  expect(isTransient(Object.assign(new Error('x'), { name: 'OutboundUnavailableError' }))).toBe(true);
  expect([null, 'text', new Error('x')].map((fault) => isTransient(fault))).toEqual([false, false, false]);
});

test('an error is described with its causes, and cut', () => {
  expect(describeError(new TypeError('a', { cause: new Error('b') }))).toBe(
    'TypeError: a; caused by Error: b',
  );
  expect(describeError('text')).toBe('text');
  expect(describeError(new Error('x'.repeat(5000)))).toHaveLength(2000);
});

test('a URL may name several servers and carry credentials, which the client takes apart from it', () => {
  const of = (url: string) => settings({ url, name: 'tickets' });
  expect(of('nats://127.0.0.1:4222')).toMatchObject({ servers: ['127.0.0.1:4222'], name: 'tickets' });
  expect(of('nats://127.0.0.1:4222')).not.toHaveProperty('user');
  expect(of('nats://app:p%40ss@a:1,b:2')).toMatchObject({
    servers: ['a:1', 'b:2'],
    user: 'app',
    pass: 'p@ss',
  });
  expect(of('tls://s3cret@a:1')).toMatchObject({ servers: ['a:1'], token: 's3cret', tls: {} });
});
