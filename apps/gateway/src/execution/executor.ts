import { createHash } from 'node:crypto';
import {
  isCompositeType,
  isInterfaceType,
  isUnionType,
  operationFromDocument,
  type Schema,
} from '@apollo/federation-internals';
import type { ApolloGateway } from '@apollo/gateway';
import { HeaderMap } from '@apollo/server';
import type {
  GatewayExecutionResult,
  GatewayExecutor,
  GatewayGraphQLRequestContext,
  GatewayInterface,
} from '@apollo/server-gateway-interface';
import { graphError } from '@marquee/subgraph';
import { withSpan, type Logger, type Metrics } from '@marquee/telemetry';
import {
  getVariableValues,
  GraphQLError,
  Kind,
  parse,
  validate,
  visit,
  type DocumentNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import type { GatewayContext } from '../context.ts';
import type { OperationFacts } from '../documents/document-facts.ts';
import { compilePlan, NotCovered, type Run } from './compile-plan.ts';
import type { JsonObject } from './json.ts';
import type { TypeNames } from './rewrites.ts';
import { switchesOf, type Fragments } from './selections.ts';
import type { Service } from './service.ts';
import { createShaper, type Shaped } from './shape.ts';

/** An operation that is known, planned and compiled; null where @apollo/gateway's own executor runs it. */
type Compiled = {
  readonly operation: OperationDefinitionNode;
  readonly run: (run: Run) => Promise<void> | undefined;
  shape(data: JsonObject, coerced: Readonly<Record<string, unknown>>): Shaped;
} | null;

export type KnownDocument = { readonly source: string; readonly operationName?: string };

/** An operation that was found valid, planned and compiled. */
export type KnownOperation = {
  execute(
    variables: Readonly<Record<string, unknown>>,
    context: GatewayContext,
  ): Promise<GatewayExecutionResult>;
};

export type MarqueeGateway = GatewayInterface & {
  /** Undefined until the operation of these facts was executed once, and where @apollo/gateway executes it. */
  known(facts: OperationFacts): KnownOperation | undefined;
  /** Plans and compiles these, so that no client waits for it. Answers how many are ready; what is not valid is passed over. */
  warmUp(documents: readonly KnownDocument[]): number;
};

export type ExecutorOptions = {
  /** Loads and watches the supergraph, plans, and executes what is not compiled here. */
  readonly apollo: ApolloGateway;
  readonly services: (name: string) => Service | undefined;
  readonly logger: Logger;
  readonly metrics: Metrics;
};

/** A compiled operation takes some 20 to 100 KB. */
const rememberedOperations = 1_000;
/** An operation with n switches has up to 2^n shapes, of which a client uses few. */
const rememberedShapes = 32;

/** Introspection is @apollo/gateway's, and so is what has a name that every JavaScript object has already. */
function isCovered(document: DocumentNode): boolean {
  let covered = true;
  visit(document, {
    Field: ({ name, alias }) => {
      const key = alias?.value ?? name.value;
      if (name.value === '__schema' || name.value === '__type' || key in Object.prototype) covered = false;
    },
  });
  return covered;
}

function typeNamesOf(schema: Schema): TypeNames {
  const known = new Map<string, ReadonlySet<string>>();
  const namesOf = (condition: string): ReadonlySet<string> => {
    const type = schema.type(condition);
    if (!type) return new Set();
    if (isInterfaceType(type)) {
      return new Set([condition, ...type.allImplementations().map(({ name }) => name)]);
    }
    if (isUnionType(type)) return new Set([condition, ...type.types().map(({ name }) => name)]);
    return new Set(isCompositeType(type) ? [condition] : []);
  };
  return {
    isAbstract: (name) => {
      const type = schema.type(name);
      return type !== undefined && (isInterfaceType(type) || isUnionType(type));
    },
    namesFor: (condition) => {
      const names = known.get(condition) ?? namesOf(condition);
      known.set(condition, names);
      return names;
    },
  };
}

function pickOperation(
  document: DocumentNode,
  name: string | undefined,
): OperationDefinitionNode | undefined {
  const operations = document.definitions.filter((each) => each.kind === Kind.OPERATION_DEFINITION);
  if (name) return operations.find((each) => each.name?.value === name);
  return operations.length === 1 ? operations[0] : undefined;
}

function fragmentsOf(document: DocumentNode): Fragments {
  return new Map(
    document.definitions.flatMap((each) =>
      each.kind === Kind.FRAGMENT_DEFINITION ? [[each.name.value, each] as const] : [],
    ),
  );
}

/** A shape for each combination of the values of `@skip` and `@include` that is met. */
function createShapes(schema: GraphQLSchema, operation: OperationDefinitionNode, fragments: Fragments) {
  const names = switchesOf(operation, fragments);
  const shapes = new LRUCache<string, (data: JsonObject) => Shaped>({ max: rememberedShapes });
  return (data: JsonObject, coerced: Readonly<Record<string, unknown>>): Shaped => {
    const key = names.map((name) => (coerced[name] === true ? '1' : '0')).join('');
    const shape = shapes.get(key) ?? createShaper({ schema, operation, fragments, switches: coerced });
    shapes.set(key, shape);
    return shape(data);
  };
}

function createCompiler({ apollo, services, logger }: ExecutorOptions) {
  /** By the planner, which is another one after the supergraph has changed. */
  const typeNames = new WeakMap<object, TypeNames>();
  return (schema: GraphQLSchema, document: DocumentNode, operationName: string | undefined): Compiled => {
    const { queryPlanner } = apollo.__testing();
    const operation = pickOperation(document, operationName);
    if (!queryPlanner || !operation || !isCovered(document)) return null;
    const { supergraph } = queryPlanner;
    const types = typeNames.get(queryPlanner) ?? typeNamesOf(supergraph.schema);
    typeNames.set(queryPlanner, types);
    const named = operationName ? { operationName } : undefined;
    const plan = queryPlanner.buildQueryPlan(operationFromDocument(supergraph.apiSchema(), document, named));
    try {
      const run = compilePlan(plan, { services, types });
      return { operation, run, shape: createShapes(schema, operation, fragmentsOf(document)) };
    } catch (error) {
      if (!(error instanceof NotCovered)) throw error;
      logger.debug({ reason: error.message }, 'a query plan is left to @apollo/gateway');
      return null;
    }
  };
}

/** A client's mistake, which the planner of @apollo/gateway would take for a fault. */
function noSuchOperation(name: string | undefined): GraphQLError {
  const message = name
    ? `Unknown operation named "${name}".`
    : 'Must provide operation name if query contains multiple operations.';
  const http = { status: 400, headers: new HeaderMap() };
  return graphError('OPERATION_RESOLUTION_FAILURE', message, { http });
}

async function execute(
  compiled: NonNullable<Compiled>,
  schema: GraphQLSchema,
  variables: Readonly<Record<string, unknown>>,
  context: GatewayContext,
): Promise<GatewayExecutionResult> {
  const { coerced, errors: unfit } = getVariableValues(
    schema,
    compiled.operation.variableDefinitions ?? [],
    variables,
  );
  if (unfit) return { errors: unfit };
  const run: Run = { data: {}, variables, coerced, errors: [], context };
  await compiled.run(run);
  const errors = run.errors as GraphQLError[];
  try {
    const { data, faults } = compiled.shape(run.data, coerced);
    if (errors.length > 0) return { errors, data };
    return faults.length > 0 ? { extensions: { valueCompletion: faults }, data } : { data };
  } catch (error) {
    return { errors: [new GraphQLError((error as Error).message, { originalError: error as Error })] };
  }
}

function hashOf(source: string): string {
  return createHash('sha256').update(source).digest('hex');
}

/**
 * @apollo/gateway with an executor of our own for its query plans: same plans, same answers, a third of the work.
 * Each operation is compiled once: the texts of its fetches, what represents an entity, and the last projection.
 */
export function createExecutor(options: ExecutorOptions): MarqueeGateway {
  const { apollo, metrics } = options;
  const compile = createCompiler(options);
  const operations = new LRUCache<string, { readonly compiled: Compiled }>({ max: rememberedOperations });
  const plans = metrics.counter('marquee_gateway_plans_total', 'Operations by how their plan was found');
  let schema: GraphQLSchema | undefined;
  /** Keys, not operations: what is remembered is bounded in one place. */
  let keysOfFacts = new WeakMap<OperationFacts, string>();
  apollo.onSchemaLoadOrUpdate(({ apiSchema }) => {
    schema = apiSchema;
    operations.clear();
    keysOfFacts = new WeakMap();
  });

  const find = (key: string, document: DocumentNode, name: string | undefined): Compiled => {
    const known = operations.get(key);
    plans.add(1, { result: known ? 'known' : 'planned' });
    if (known) return known.compiled;
    const compiled = compile(schema!, document, name);
    operations.set(key, { compiled });
    return compiled;
  };
  const keyOf = (hash: string, name: string | undefined) => (name ? `${hash} ${name}` : hash);
  const run = (
    compiled: NonNullable<Compiled>,
    variables: Readonly<Record<string, unknown>>,
    context: GatewayContext,
  ) =>
    withSpan('graphql execute', { 'graphql.operation.type': compiled.operation.operation }, () =>
      execute(compiled, schema!, variables, context),
    );

  const executorOver =
    (original: GatewayExecutor): GatewayExecutor =>
    async (request: GatewayGraphQLRequestContext) => {
      const context = request.context as GatewayContext;
      if (context.executed) return context.executed;
      const { document } = request;
      const { operationName, variables = {} } = request.request;
      if (!pickOperation(document, operationName)) return { errors: [noSuchOperation(operationName)] };
      const key = keyOf(request.queryHash, operationName);
      const compiled = find(key, document, operationName);
      if (!compiled) return original(request);
      if (context.facts) keysOfFacts.set(context.facts, key);
      return run(compiled, variables, context);
    };

  return {
    onSchemaLoadOrUpdate: (callback) => apollo.onSchemaLoadOrUpdate(callback),
    load: async (given) => {
      const { executor } = await apollo.load(given);
      return { executor: executor && executorOver(executor) };
    },
    stop: () => apollo.stop(),
    known: (facts) => {
      const { compiled } = operations.get(keysOfFacts.get(facts) ?? '') ?? {};
      if (!compiled) return undefined;
      plans.add(1, { result: 'known' });
      return { execute: (variables, context) => run(compiled, variables, context) };
    },
    warmUp: (documents) =>
      documents.filter(({ source, operationName }) => {
        try {
          const document = parse(source);
          if (!schema || validate(schema, document).length > 0) return false;
          find(keyOf(hashOf(source), operationName), document, operationName);
          return true;
        } catch (error) {
          options.logger.warn({ error }, 'a document could not be planned ahead');
          return false;
        }
      }).length,
  };
}
