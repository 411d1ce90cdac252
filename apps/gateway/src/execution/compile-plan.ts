import type { FetchNode, FlattenNode, PlanNode, QueryPlan } from '@apollo/query-planner';
import type { ErrorCode } from '@marquee/subgraph';
import { GraphQLError } from 'graphql';
import type { GatewayContext } from '../context.ts';
import { copyJson, mergeInto, pathOf, placesAt, type JsonObject, type Place } from './json.ts';
import { createRepresentation } from './representations.ts';
import { createRewrite, type TypeNames } from './rewrites.ts';
import { questionOf, type Service, type ServiceAnswer, type ServiceError } from './service.ts';

/** One execution of a plan. */
export type Run = {
  /** What has come so far; grows until the plan is done. */
  readonly data: JsonObject;
  /** As the client sent them: services coerce for themselves. */
  readonly variables: Readonly<Record<string, unknown>>;
  /** As the schema reads them, defaults included. */
  readonly coerced: Readonly<Record<string, unknown>>;
  readonly errors: Error[];
  readonly context: GatewayContext;
};

/** Never rejects: what fails is an error of the run, and the rest goes on. Undefined where there is nothing to await. */
type Step = (run: Run) => Promise<void> | undefined;

/** What of the supergraph a plan needs beside itself. */
export type PlanWorld = {
  readonly services: (name: string) => Service | undefined;
  readonly types: TypeNames;
};

/** Thrown for a plan that only @apollo/gateway's own executor knows. */
export class NotCovered extends Error {
  override readonly name = 'NotCovered';
}

/** Compiles a query plan of @apollo/query-planner; runs as `executeQueryPlan` of @apollo/gateway would. */
export function compilePlan({ node }: QueryPlan, world: PlanWorld): Step {
  if (!node) return () => undefined;
  if (node.kind === 'Subscription') throw new NotCovered(node.kind);
  return compileNode(node, world);
}

function compileNode(node: PlanNode, world: PlanWorld): Step {
  if (node.kind === 'Fetch') return compileFetch(node, [], world);
  if (node.kind === 'Flatten') return compileFlatten(node, world);
  if (node.kind === 'Sequence') {
    const steps = node.nodes.map((each) => compileNode(each, world));
    return async (run) => {
      for (const step of steps) await step(run);
    };
  }
  if (node.kind === 'Parallel') {
    const steps = node.nodes.map((each) => compileNode(each, world));
    return async (run) => void (await Promise.all(steps.map(async (step) => step(run))));
  }
  if (node.kind !== 'Condition') throw new NotCovered(node.kind);
  const { condition, ifClause, elseClause } = node;
  const [met, unmet] = [ifClause, elseClause].map((clause) => clause && compileNode(clause, world));
  return (run) => (run.coerced[condition] ? met?.(run) : unmet?.(run));
}

function compileFlatten({ node, path }: FlattenNode, world: PlanWorld): Step {
  if (node.kind !== 'Fetch' || path.some((part) => typeof part !== 'string')) throw new NotCovered(node.kind);
  return compileFetch(node, path as readonly string[], world);
}

/** The JSON of the variables that a fetch uses, without its closing brace. */
function writeVariables(names: readonly string[], given: Readonly<Record<string, unknown>>): string {
  let text = '{';
  for (const name of names) {
    if (!Object.hasOwn(given, name) || given[name] === undefined) continue;
    text += `${text.length > 1 ? ',' : ''}${JSON.stringify(name)}:${JSON.stringify(given[name])}`;
  }
  return text;
}

function compileFetch(node: FetchNode, path: readonly string[], world: PlanWorld): Step {
  const service = world.services(node.serviceName);
  if (!service) throw new NotCovered(`no service ${node.serviceName}`);
  const question = questionOf(node.operation, node.operationName, node.operationKind === 'mutation');
  const names = node.variableUsages ?? [];
  if (names.includes('representations')) throw new NotCovered('a variable named as ours');
  const list = path.indexOf('@');
  const knownPath = list < 0 ? path : path.slice(0, list);
  const take = node.requires ? compileEntities(node, world.types) : compileRoot(node, path, world.types);
  return (run) => {
    const places = path.length === 0 ? [{ value: run.data, path: undefined }] : placesAt(run.data, path);
    if (places.length === 0) return undefined;
    const variables = writeVariables(names, run.variables);
    const asked = take(places, variables);
    if (!asked) return undefined;
    return (async () => {
      try {
        asked.take(await service.ask(question, asked.variables, run.context, knownPath), run.errors);
      } catch (error) {
        run.errors.push(error as Error);
      }
    })();
  };
}

/** What is to be sent for these places, and what to do with its answer; null where there is nothing to ask. */
type Taker = (
  places: readonly Place[],
  variables: string,
) => { readonly variables: string; take(answer: ServiceAnswer, errors: Error[]): void } | null;

function clientError(
  service: string,
  { message, extensions }: ServiceError,
  path: readonly (string | number)[] | undefined,
): GraphQLError {
  return new GraphQLError(message || `Error while fetching subquery from service "${service}"`, {
    ...(path && { path }),
    extensions: { code: 'DOWNSTREAM_SERVICE_ERROR' satisfies ErrorCode, ...extensions, serviceName: service },
  });
}

/** A fetch of root fields, or of fields of something that is no entity: merged into each place. */
function compileRoot(
  { serviceName, outputRewrites }: FetchNode,
  path: readonly string[],
  types: TypeNames,
): Taker {
  const rewrite = createRewrite(outputRewrites, types);
  return (places, variables) => ({
    variables: `${variables}}`,
    take: ({ data, errors: failed }, errors) => {
      for (const error of failed ?? []) {
        errors.push(clientError(serviceName, error, error.path && [...path, ...error.path]));
      }
      if (!data) return;
      rewrite?.(data);
      places.forEach(({ value }, index) => mergeInto(value, index === 0 ? data : copyJson(data)));
    },
  });
}

/** A fetch of entities: each is asked for once, however often it stands in the answer. */
function compileEntities(
  { requires, serviceName, inputRewrites, outputRewrites }: FetchNode,
  types: TypeNames,
): Taker {
  const represent = createRepresentation(requires!, types);
  const rewriteInput = createRewrite(inputRewrites, types);
  const rewriteOutput = createRewrite(outputRewrites, types);
  return (places, variables) => {
    const byText = new Map<string, Place[]>();
    for (const place of places) {
      const representation = represent(place.value);
      if (!representation) continue;
      rewriteInput?.(representation);
      const text = JSON.stringify(representation);
      const known = byText.get(text);
      if (known) known.push(place);
      else byText.set(text, [place]);
    }
    if (byText.size === 0) return null;
    const groups = [...byText.values()];
    const representations = [...byText.keys()].join(',');
    return {
      variables: `${variables}${variables.length > 1 ? ',' : ''}"representations":[${representations}]}`,
      take: ({ data, errors: failed }, errors) => {
        for (const error of failed ?? []) errors.push(...entityErrors(serviceName, error, groups, places));
        if (data) mergeEntities(entitiesOf(data, groups.length), groups, rewriteOutput, types);
      },
    };
  };
}

function entitiesOf({ _entities: entities }: JsonObject, expected: number): readonly unknown[] {
  if (!Array.isArray(entities)) throw new Error('Expected "data._entities" in response to be an array');
  if (entities.length !== expected) {
    throw new Error(`Expected "data._entities" to contain ${expected} elements`);
  }
  return entities;
}

function mergeEntities(
  entities: readonly unknown[],
  groups: readonly (readonly Place[])[],
  rewrite: ((value: unknown) => void) | undefined,
  types: TypeNames,
): void {
  groups.forEach((places, index) => {
    const entity = entities[index] as JsonObject | null;
    if (rewrite && entity) {
      entity['__typename'] ??= places[0]!.value['__typename'];
      rewrite(entity);
    }
    const name = entity?.['__typename'];
    const known = places[0]!.value['__typename'];
    // A service for which the interface is an object does not know better than the one that named the thing.
    if (entity && known && typeof name === 'string' && types.isAbstract(name)) delete entity['__typename'];
    places.forEach(({ value }, use) => mergeInto(value, use === 0 ? entity : copyJson(entity)));
  });
}

/** An error below `_entities` where the client sees it: at each place of the entity. */
function entityErrors(
  serviceName: string,
  error: ServiceError,
  groups: readonly (readonly Place[])[],
  places: readonly Place[],
): GraphQLError[] {
  const [, index, ...below] = error.path ?? [];
  const group = typeof index === 'number' ? groups[index] : undefined;
  if (group) {
    return group.map(({ path }) => clientError(serviceName, error, [...pathOf(path), ...below]));
  }
  // The service refused the whole fetch: the error belongs to what it was about, up to the first list.
  const whole = pathOf(places[0]?.path);
  const list = whole.findIndex((part) => typeof part === 'number');
  return [clientError(serviceName, error, error.path && (list < 0 ? whole : whole.slice(0, list)))];
}
