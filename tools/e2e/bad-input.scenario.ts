import { beforeAll, describe, expect, test } from '@jest/globals';
import { encodeId, newUuid } from '@marquee/kernel';
import { operation } from '../client/journey.ts';
import { eventually } from '@marquee/testkit';
import { cases, type Stage } from './bad-input.cases.ts';
import { planEvent } from './organisation.ts';
import type { TestPlatform } from './platform.ts';

/** The rows that may differ after a refusal: what the door saw is kept and counted, also when it let nobody in. */
const mayGrow = new Set([
  'tickets.scan',
  'tickets.scan_standing',
  'tickets.check_in_counter',
  'tickets.event_log',
  'tickets.event_stream',
]);

export function describeBadInput(platform: () => TestPlatform): void {
  describe('bad input', () => {
    const organisationId = newUuid();
    let stage: Stage;
    let owner: string;

    beforeAll(async () => {
      const { client, tokens } = platform();
      owner = await tokens.token({ role: 'owner', organisationId });
      stage = {
        ...(await planEvent(client, owner, 'Good')),
        unknown: {
          space: encodeId('Space', newUuid()),
          event: encodeId('Event', newUuid()),
          occurrence: encodeId('Occurrence', newUuid()),
          ticketType: encodeId('TicketType', newUuid()),
        },
      };
    });

    test.each(cases)('$what is refused by $operation', async ({ operation: name, variables, expected }) => {
      const document = withFields(operation(name));
      const answer = await platform().client.send<Record<string, { __typename: string }>>(
        document,
        variables(stage),
        { token: owner },
      );
      const result = answer.data && Object.values(answer.data)[0];
      if ('error' in expected) {
        expect(answer.errors[0]?.message).toMatch(expected.error);
        expect(answer.errors[0]?.extensions?.code).toBe('BAD_USER_INPUT');
      } else {
        expect({ answer: result, errors: answer.errors }).toMatchObject({
          answer: { __typename: expected.refusal, ...(expected.field && { field: expected.field }) },
          errors: [],
        });
      }
    });

    test('left nothing half-written', async () => {
      const before = await platform().fingerprint(organisationId);
      for (const { operation: name, variables } of cases) {
        await platform().client.send(operation(name), variables(stage), { token: owner });
      }
      const after = await platform().fingerprint(organisationId);
      const changed = Object.keys(after).filter(
        (table) => after[table] !== before[table] && !mayGrow.has(table),
      );
      expect(changed).toEqual([]);
    });

    test('a query fifty levels deep is refused before any service hears of it', async () => {
      const deep = `{ events { edges { node ${'{ occurrences { edges { node { event '.repeat(12)} { id } ${'} } } } '.repeat(12)} } } }`;
      const { status, errors } = await platform().client.send(deep, {}, { token: owner });
      expect(status).toBe(400);
      expect(errors[0]?.message).toMatch(/deep|depth/i);
    });

    test('a body larger than the limit is refused with 413', async () => {
      const large = `{ viewer { id } } # ${'x'.repeat(4_300_000)}`;
      // The gateway stops reading; now and then its answer loses the race against the end of the connection.
      await eventually(async () => {
        const { status } = await platform().client.send(large, {}, { token: owner });
        expect(status).toBe(413);
      });
    });

    test.each([
      ['{ venue(id: "nonsense") { id } }', /id/],
      ['{ events(first: -1) { edges { cursor } } }', /first/],
      ['{ events(first: 100000) { edges { cursor } } }', /first/],
      ['{ events(after: "nonsense") { edges { cursor } } }', /after/],
    ])('%s answers null or an error that names the argument', async (document, argument) => {
      const { data, errors } = await platform().client.send<Record<string, unknown>>(
        document,
        {},
        { token: owner },
      );
      if (errors.length > 0) expect(errors[0]!.message).toMatch(argument);
      else expect(Object.values(data!)).toEqual([null]);
    });

    test('a forged token is no token', async () => {
      const forged = owner.replace(/.(?=...$)/, (letter) => (letter === 'A' ? 'B' : 'A'));
      const { errors } = await platform().client.send('{ viewer { id } }', {}, { token: forged });
      expect(errors[0]?.extensions?.code).toBe('UNAUTHENTICATED');
    });
  });
}

/** The journey asks refusals for their message; here the field matters as well. */
function withFields(document: string): string {
  const fields = '... on InvalidInput { field }';
  const past = document.includes('createEvent(') ? '... on PastDate { field }' : '';
  return document.replace(/\.\.\. on Refusal \{/, `${fields} ${past} ... on Refusal {`);
}
