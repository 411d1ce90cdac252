import { createHash } from 'node:crypto';
import type { Supergraph } from '@apollo/federation-internals';
import { OutboundUnavailableError, type Outbound, type OutboundRequest } from '@marquee/outbound';
import { batchHeader } from '@marquee/subgraph';
import {
  defaultFieldResolver,
  execute,
  getNullableType,
  GraphQLError,
  isAbstractType,
  isCompositeType,
  isEnumType,
  isListType,
  isNonNullType,
  isObjectType,
  parse,
  type GraphQLFieldResolver,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
} from 'graphql';

/** What goes wrong in a world, as shares of one; nothing by default. */
export type Trouble = {
  /** Of fields that throw. */
  readonly errors: number;
  /** Of non-null fields that answer null all the same: what their service then makes of it. */
  readonly broken: number;
  /** Of entities that their service does not know. */
  readonly lost: number;
  /** Of services that do not answer. */
  readonly down: number;
};

export const noTrouble: Trouble = { errors: 0, broken: 0, lost: 0, down: 0 };

type Asked = {
  readonly query: string;
  readonly variables: Record<string, unknown>;
  readonly operationName?: string;
};

type Value = { readonly __typename: string; readonly identity: string } & Record<string, unknown>;

/**
 * A world whose every value follows from a seed, the thing it belongs to, the field and its arguments: whichever
 * service is asked, and however often, it says the same. So one schema that knows all must answer as the federation.
 */
export function createWorld(apiSchema: GraphQLSchema, seed: number, trouble: Trouble = noTrouble) {
  const roll = (...of: readonly string[]): number =>
    createHash('md5')
      .update(`${seed}|${of.join('|')}`)
      .digest()
      .readUInt32BE(0) /
    2 ** 32;
  const pick = <T>(from: readonly T[], ...of: readonly string[]): T =>
    from[Math.floor(roll('pick', ...of) * from.length)]!;

  const makeScalar = (type: string, at: string): unknown => {
    const number = Math.floor(roll('scalar', at) * 1_000);
    if (type === 'Int' || type === 'BigInt') return number;
    if (type === 'Float') return number / 8;
    if (type === 'Boolean') return number % 2 === 0;
    return type === 'DateTime'
      ? new Date(number * 86_400_000).toISOString()
      : `${type.toLowerCase()} ${number}`;
  };

  const makeComposite = (name: string, at: string, schema: GraphQLSchema): Value => {
    const declared = apiSchema.getType(name)!;
    const possible = isAbstractType(declared)
      ? apiSchema.getPossibleTypes(declared).toSorted((a, b) => (a.name < b.name ? -1 : 1))
      : [declared as GraphQLObjectType];
    const concrete = pick(possible, name, at);
    const hasId = 'id' in concrete.getFields();
    const identity = hasId ? `${concrete.name}-${Math.floor(roll('id', at) * 4)}` : at;
    // A service for which the interface is an object (@interfaceObject) knows no other name for it.
    const __typename = isObjectType(schema.getType(name)) ? name : concrete.name;
    return { __typename, identity, ...(hasId && { id: identity }) };
  };

  const makeValue = (type: GraphQLOutputType, at: string, schema: GraphQLSchema): unknown => {
    if (!isNonNullType(type) && roll('null', at) < 0.08) return null;
    if (isNonNullType(type) && roll('broken', at) < trouble.broken) return null;
    const inner = getNullableType(type);
    if (isListType(inner)) {
      const length = Math.floor(roll('length', at) * 4);
      return Array.from({ length }, (_, index) => makeValue(inner.ofType, `${at}.${index}`, schema));
    }
    if (isEnumType(inner)) return pick(inner.getValues(), at).name;
    return isCompositeType(inner) ? makeComposite(inner.name, at, schema) : makeScalar(inner.name, at);
  };

  const resolve: GraphQLFieldResolver<Value | undefined, unknown> = (source, args, context, info) => {
    const { fieldName, schema } = info;
    if (source && Object.hasOwn(source, fieldName)) return defaultFieldResolver(source, args, context, info);
    const identity = source?.identity ?? info.parentType.name;
    const at = `${identity}.${fieldName}(${JSON.stringify(args)})`;
    if (roll('error', at) < trouble.errors) {
      const code = roll('code', at) < 0.5 ? { extensions: { code: 'FORBIDDEN' } } : {};
      throw new GraphQLError(`refused: ${fieldName}`, code);
    }
    const owner = apiSchema.getType(source?.__typename ?? info.parentType.name);
    const known = owner && 'getFields' in owner ? owner.getFields()[fieldName] : undefined;
    return makeValue((known?.type as GraphQLOutputType | undefined) ?? info.returnType, at, schema);
  };

  /** A representation is the thing itself: its id tells which. */
  const find = (schema: GraphQLSchema, { __typename, id }: { __typename: string; id: string }) => {
    if (roll('lost', id) < trouble.lost) return null;
    const declared = schema.getType(__typename);
    const concrete = isObjectType(declared) ? __typename : id.slice(0, id.indexOf('-'));
    return { __typename: concrete, identity: id, id };
  };

  const run = (schema: GraphQLSchema, query: string, variables: Record<string, unknown>, name?: string) =>
    execute({
      schema,
      document: parse(query),
      variableValues: variables,
      operationName: name ?? null,
      fieldResolver: (source, args, context, info) =>
        info.fieldName === '_entities'
          ? (args['representations'] as Parameters<typeof find>[1][]).map((one) => find(schema, one))
          : resolve(source as Value | undefined, args, context, info),
      typeResolver: (value) => (value as Value).__typename,
    });

  return {
    /** As one schema that knows all would answer. */
    asOne: (query: string, variables: Record<string, unknown>, name?: string) =>
      run(apiSchema, query, variables, name),
    /** The other end of a service's connection. */
    outboundOf(name: string, schema: GraphQLSchema, count: () => void): Outbound {
      const down = roll('down', name) < trouble.down;
      const answer = async (ask: Asked) =>
        JSON.stringify(await run(schema, ask.query, ask.variables, ask.operationName));
      const send = (init: OutboundRequest | undefined): unknown => {
        count();
        if (down) throw new OutboundUnavailableError(name, 'CONNECTION', 'down');
        return JSON.parse(String(init?.body));
      };
      return {
        timeoutMs: 1_000,
        fetch: async (_url, init) => {
          const text = await answer(send(init) as Asked);
          return {
            status: 200,
            headers: new Headers({ [batchHeader]: '1' }),
            text: async () => text,
          } as never;
        },
        lines: async (_url, init, onLine) => {
          const reads = send(init) as readonly { readonly ask: Asked }[];
          // The last first: in what order answers come is of no matter.
          for (const [index, { ask }] of [...reads.entries()].toReversed()) {
            onLine(`${index} 200 ${await answer(ask)}`);
          }
          return { status: 200, ok: true } as never;
        },
        stream: () => Promise.reject(new Error('the graph is not streamed')),
        run: (work) => work(new AbortController().signal),
        state: () => ({ name, state: 'closed', failures: 0, successes: 0, rejected: 0 }),
        close: async () => undefined,
      };
    },
  };
}

/** The schema of each service, read from the supergraph. */
export function subgraphSchemas(supergraph: Supergraph): ReadonlyMap<string, GraphQLSchema> {
  return new Map(
    [...supergraph.subgraphs()].map(({ name, schema }) => [name, schema.toGraphQLJSSchema()] as const),
  );
}
