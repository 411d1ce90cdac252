import { beforeAll, describe, expect, test } from '@jest/globals';
import { newUuid } from '@marquee/kernel';
import {
  buildClientSchema,
  getIntrospectionQuery,
  isInterfaceType,
  type GraphQLSchema,
  type IntrospectionQuery,
} from 'graphql';
import { plantTarget } from './plant.test-support.ts';
import type { TestPlatform } from './platform.ts';
import { walk, type Target, type WalkedField } from './schema-walk.ts';

/** In every text that organisation A writes: seen by B, it has leaked. */
const marker = 'Zanzibar';

/** Mutations that refuse A's owner what the walk asks, whatever their arguments; each with its reason. */
const mayRefuse: Readonly<Record<string, string>> = {
  blockPlaces: 'a type has seats or a number of places, and the walk names both',
  savePaymentPlan: 'a deposit is a part or an amount, and the walk names both',
  saveQuestion: 'a question of text has no choices, and the walk gives one',
  answerQuestions: 'the walk names a hold that became no order',
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
    }, 60_000);

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
    }, 60_000);

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
    }, 60_000);

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
    }, 60_000);

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
    }, 20_000);

    // Last: here A's things do change.
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
    }, 60_000);
  });
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
