import { beforeAll, describe, expect, test } from '@jest/globals';
import { newUuid } from '@marquee/kernel';
import { scopesOf } from '@marquee/subgraph';
import { eventually } from '@marquee/testkit';
import {
  buildClientSchema,
  getIntrospectionQuery,
  isInterfaceType,
  type GraphQLSchema,
  type IntrospectionQuery,
} from 'graphql';
import { causeActivity, withWaitingRoom } from './activity.test-support.ts';
import { buy, planEvent } from './organisation.ts';
import { givenApiKey, plantOrganisation } from './plant-identity.test-support.ts';
import { guestOf, plantTarget } from './plant.test-support.ts';
import type { TestPlatform } from './platform.ts';
import { walk, walkSubscriptions, type Target, type WalkedField } from './schema-walk.ts';
import { openWatchers, summaryOf, type Heard } from './watchers.test-support.ts';

/** In every text that organisation A writes: seen by B, it has leaked. */
const marker = 'Zanzibar';

/** Mutations that refuse A's owner what the walk asks, whatever their arguments; each with its reason. */
const mayRefuse: Readonly<Record<string, string>> = {
  blockPlaces: 'a type has seats or a number of places, and the walk names both',
  savePaymentPlan: 'a deposit is a part or an amount, and the walk names both',
  saveQuestion: 'a question of text has no choices, and the walk gives one',
  answerQuestions: 'the walk names a hold that became no order',
  removeOrganisation: 'the walk names it otherwise than it is called',
  cancelOrganisationRemoval: 'nobody removes it',
  rotateApiKey: 'the walk has revoked the key before',
  holdBestAvailable: 'the walk names a type without seats',
  removePasskey: 'the walk names a passkey that nobody has',
  installPlugin: 'the walk names a plugin that nobody offers',
  upgradePlugin: 'there is no newer release',
  configurePlugin: 'the plugin knows no secret, and the walk gives it one',
  joinWaitingRoom: 'the walk turns rooms off: it gives every switch `false`',
};

/** Every root field of the composed graph, by organisation B with A's ids. New fields are walked by themselves. */
export function describeTenancy(platform: () => TestPlatform): void {
  describe('two organisations', () => {
    const [a, b] = [newUuid(), newUuid()];
    let schema: GraphQLSchema;
    let target: Target;
    let ownerA: string;
    let ownerB: string;
    let planted: ReturnType<typeof plantOthers> | undefined;
    /** Of B, beside its owner: each role, an API key, and a guest whom A knows too. */
    const othersOfB = () => (planted ??= plantOthers(platform(), ownerB, b));
    let before: Readonly<Record<string, string>>;

    beforeAll(async () => {
      const { client, tokens } = platform();
      ownerA = await tokens.token({ role: 'owner', organisationId: a });
      ownerB = await tokens.token({ role: 'owner', organisationId: b });
      const introspected = await client.query<IntrospectionQuery>(
        getIntrospectionQuery(),
        {},
        { token: ownerA },
      );
      schema = buildClientSchema(introspected);
      target = await plantTarget(platform(), ownerA, marker);
      before = await settledFingerprint(platform(), a);
    });

    const send = (field: WalkedField, token: string) =>
      platform().client.send<Record<string, { __typename?: string } | null>>(
        field.document,
        field.variables,
        { token },
      );

    test('B sees nothing of A through any root field, and A does', async () => {
      const fields = walk(schema, target);
      let seenByA = 0;
      for (const field of fields.filter((each) => each.kind === 'query')) {
        const [mine, theirs] = [await send(field, ownerA), await send(field, ownerB)];
        // A question that is malformed proves nothing.
        expect({ field: field.name, errors: mine.errors }).toEqual({ field: field.name, errors: [] });
        const leaked = secretsIn(theirs.data, field, target);
        expect({ field: field.name, leaked }).toEqual({ field: field.name, leaked: [] });
        if (secretsIn(mine.data, field, target).length > 0) seenByA++;
      }
      // The walk can see: were there no walls, these would have been leaks.
      expect(seenByA).toBeGreaterThan(20);
    });

    test('B changes nothing of A through any mutation: each answers a refusal', async () => {
      for (const field of walk(schema, target).filter((each) => each.kind === 'mutation')) {
        const { data, errors } = await send(field, ownerB);
        expect({ field: field.name, leaked: secretsIn(data, field, target) }).toEqual({
          field: field.name,
          leaked: [],
        });
        const typename = data?.[field.name]?.__typename;
        const refused =
          errors.length > 0 ||
          (typename !== undefined && isRefusal(schema, typename)) ||
          soldNothing(data?.[field.name]);
        expect({ field: field.name, refused: refused || !field.namesTarget }).toEqual({
          field: field.name,
          refused: true,
        });
      }
      expect(await settledFingerprint(platform(), a)).toEqual(before);
    });

    test('nor does anybody else of B see or change anything: each role, an API key, a guest whom A knows too', async () => {
      const others = await othersOfB();
      for (const field of walk(schema, target)) {
        const found = Object.entries(others).map(async ([who, token]) => {
          // Lists in which nothing of A's is named are what the owner has seen already, but for what is a guest's own.
          if (!field.namesTarget && who !== 'guest') return [];
          const { data, errors } = await send(field, token);
          const leaked = secretsIn(data, field, target);
          const unasked = errors.some(({ extensions }) => extensions?.code === 'RATE_LIMITED');
          return leaked.length > 0 || unasked ? [{ who, leaked, unasked }] : [];
        });
        const wrong = (await Promise.all(found)).flat();
        expect({ field: field.name, wrong }).toEqual({ field: field.name, wrong: [] });
      }
      expect(await settledFingerprint(platform(), a)).toEqual(before);
    });

    test('without a token no root field answers', async () => {
      for (const field of walk(schema, target)) {
        const { data, errors } = await platform().client.send<Record<string, unknown>>(
          field.document,
          field.variables,
        );
        expect({ field: field.name, data: data?.[field.name] ?? null }).toEqual({
          field: field.name,
          data: null,
        });
        expect({ field: field.name, code: errors[0]?.extensions?.code }).toEqual({
          field: field.name,
          code: 'UNAUTHENTICATED',
        });
      }
    });

    test('no service answers those who come past the gateway', async () => {
      for (const [name, url] of Object.entries(platform().running.urls.services).filter(
        ([each]) => each !== 'gateway',
      )) {
        const response = await fetch(`${url}/graphql`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', authorization: `Bearer ${ownerA}` },
          body: JSON.stringify({ query: '{ _service { sdl } }' }),
        });
        expect({ name, status: response.status }).toEqual({ name, status: 401 });
      }
    });

    // From here on A's things do change.
    test('B hears nothing of A through any subscription, whoever listens, and those of A whom it concerns do', async () => {
      const { client, tokens, running } = platform();
      const planned = await planEvent(client, ownerB, 'Bravo');
      const occurrenceId = planned.occurrenceIds[0]!;
      const ofA = walkSubscriptions(schema, await withWaitingRoom(platform(), target, ownerA));
      const ofB = walkSubscriptions(schema, {
        ...target,
        ids: { ...target.ids, Occurrence: occurrenceId },
      }).filter(({ name }) => name === 'availabilityChanged');
      const ofGuest = ofA.filter(({ name }) => /^(order|notifications)Changed$/.test(name));
      const guestA = await tokens.token({ role: 'guest', organisationId: a, ...guestOf(marker) });
      const watchers = openWatchers(running.urls.gateway, {
        rightful: [
          { who: 'owner of A', token: ownerA, over: 'WebSocket', fields: ofA },
          { who: 'owner of A', token: ownerA, over: 'SSE', fields: ofA },
          { who: 'guest of A', token: guestA, over: 'WebSocket', fields: ofGuest },
        ],
        strangers: [
          { who: 'owner', token: ownerB, over: 'SSE', fields: [...ofA, ...ofB] },
          ...Object.entries({ owner: ownerB, ...(await othersOfB()) }).map(
            ([who, token]) => ({ who, token, over: 'WebSocket', fields: [...ofA, ...ofB] }) as const,
          ),
        ],
        nobody: [{ who: 'nobody', token: null, over: 'WebSocket', fields: ofA }],
      });
      const { rightful, strangers, nobody } = watchers.heard;
      const silent = (all: readonly Heard[], least: number) =>
        all.filter(({ results }) => results.length < least).map(summaryOf);
      try {
        await eventually(() => expect(silent([...rightful, ...strangers], 1)).toEqual([]));
        await eventually(() => expect(nobody.filter(({ ended }) => ended === null)).toEqual([]));
        expect(nobody.filter(({ results }) => results.length > 0).map(summaryOf)).toEqual([]);
        await causeActivity(platform(), target, ownerA, guestOf(marker));
        // A new subscription that is silent here: have what it tells of happen in `causeActivity`.
        await eventually(() => expect(silent(rightful, 2)).toEqual([]));
        const items = [{ ticketTypeId: planned.standingId, quantity: 1 }];
        await buy(client, ownerB, { occurrenceId, items, guest: { email: 'b@example.com', name: 'Bravo' } });
        // What is B's own comes by the same connections, and later than what A did.
        const isOwn = ({ field }: Heard) => ofB.includes(field);
        await eventually(() => expect(silent(strangers.filter(isOwn), 2)).toEqual([]));
        const blind = rightful.filter(({ field, results }) => secretsIn(results, field, target).length === 0);
        expect(blind.map(summaryOf)).toEqual([]);
        const told = strangers
          .filter((heard) => !isOwn(heard))
          .filter(
            ({ field, results }) =>
              results.length > 1 ||
              results.some(({ data }) => (data?.[field.name] ?? null) !== null) ||
              secretsIn(results, field, target).length > 0,
          );
        expect(told.map(summaryOf)).toEqual([]);
      } finally {
        await watchers.close();
      }
    });

    // Last: here most of it goes.
    test('the walk is well-formed: for A itself nothing is malformed or unknown', async () => {
      const malformed: unknown[] = [];
      const mutations = walk(schema, target).filter((each) => each.kind === 'mutation');
      // What is erased or deleted first is not found by the others.
      const isErasure = ({ name }: WalkedField) => Number(/^(erase|delete|uninstall)/.test(name));
      for (const field of mutations.toSorted((one, other) => isErasure(one) - isErasure(other))) {
        const { data, errors } = await send(field, ownerA);
        const answer = data?.[field.name];
        const bad = errors.length > 0 || /^(InvalidInput|NotFound)$/.test(answer?.__typename ?? 'null');
        if (bad && !mayRefuse[field.name]) malformed.push({ field: field.name, answer, errors });
      }
      expect(malformed).toEqual([]);
    });
  });
}

async function plantOthers(
  platform: TestPlatform,
  owner: string,
  organisationId: string,
): Promise<Record<string, string>> {
  await plantOrganisation(platform, owner, 'Bravo');
  const { secret } = await givenApiKey(platform, owner, scopesOf('ORGANISER'));
  const others: Record<string, string> = { 'API key': secret };
  for (const role of ['organiser', 'finance', 'box-office', 'scanner'] as const)
    others[role] = await platform.tokens.token({ role, organisationId });
  others['guest'] = await platform.tokens.token({ role: 'guest', organisationId, ...guestOf(marker) });
  return others;
}

/** A sale in bulk answers each row for itself. */
function soldNothing(answer: unknown): boolean {
  const { __typename, sold } = (answer ?? {}) as { readonly __typename?: string; readonly sold?: number };
  return __typename === 'SoldInBulk' && sold === 0;
}

function isRefusal(schema: GraphQLSchema, typename: string): boolean {
  const refusal = schema.getType('Refusal');
  return isInterfaceType(refusal) && schema.getPossibleTypes(refusal).some((type) => type.name === typename);
}

/** What of A's is in an answer: its marker, or an id that the question did not hold. */
function secretsIn(data: unknown, field: WalkedField, target: Target): string[] {
  const answer = JSON.stringify(data ?? null);
  const asked = JSON.stringify(field.variables);
  const ids = Object.values(target.ids).filter((id) => answer.includes(id) && !asked.includes(id));
  return answer.includes(marker) ? [marker, ...ids] : ids;
}

/** The digests once nothing of A's own is on its way to another service any more. */
async function settledFingerprint(
  platform: TestPlatform,
  organisationId: string,
): Promise<Readonly<Record<string, string>>> {
  await platform.settled();
  return platform.fingerprint(organisationId);
}
