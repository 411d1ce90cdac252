import { join } from 'node:path';
import { Supergraph } from '@apollo/federation-internals';
import { buildSchema, parse, validate, type GraphQLSchema } from 'graphql';
import { composeApplications } from '../compose/compose.ts';
import { layOutSchemas, servicesOf, type Tree } from './trees.ts';

/** Beyond this many changed subgraphs, their subsets are more than anybody can wait for. */
export const mostWhole = 6;

/** Subsets of services that may be of N+1 at one time: all of them, or those that the order of the roll-out passes through. */
export function mixesOf(changed: readonly string[]): string[][] {
  if (changed.length <= mostWhole)
    return Array.from({ length: 2 ** changed.length }, (_, bits) =>
      changed.filter((__, place) => bits & (1 << place)),
    );
  return Array.from({ length: changed.length + 1 }, (_, count) => changed.slice(0, count));
}

export type Composed = {
  /** Of N+1; all others are of N. */
  readonly next: readonly string[];
  readonly supergraph: string | null;
  readonly faults: readonly string[];
};

export const nameOf = (next: readonly string[]) =>
  next.length === 0 ? 'all of N' : `${next.join(', ')} of N+1`;

/** Composes N and N+1 mixed: these services of `after`, all others of `before`. A service of only one tree is in or out with it. */
export function composeMix(before: Tree, after: Tree, next: readonly string[], scratch: string): Composed {
  const [old, coming] = [servicesOf(before), servicesOf(after)];
  const services = new Map<string, Tree>();
  for (const service of old) if (!next.includes(service)) services.set(service, before);
  for (const service of coming) if (next.includes(service)) services.set(service, after);
  const directory = layOutSchemas(services, join(scratch, `mix-${next.join('-') || 'none'}`));
  const composition = composeApplications(directory);
  if (!composition.ok) return { next, supergraph: null, faults: composition.errors };
  return { next, supergraph: composition.supergraph, faults: [] };
}

/** As clients see it. */
export function clientSchema(supergraph: string): GraphQLSchema {
  return supergraph.includes('join__Graph')
    ? Supergraph.build(supergraph).apiSchema().toGraphQLJSSchema()
    : buildSchema(supergraph);
}

export type Operation = { readonly name: string; readonly source: string };

/** Operations that a schema does not answer, with the first reason of each. */
export function invalidIn(schema: GraphQLSchema, operations: readonly Operation[]): string[] {
  return operations.flatMap(({ name, source }) => {
    const [fault] = validate(schema, parse(source));
    return fault ? [`${name}: ${fault.message}`] : [];
  });
}
