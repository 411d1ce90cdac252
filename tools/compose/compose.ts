import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { composeServices } from '@apollo/composition';
import { idPrefixes } from '@marquee/kernel';
import { loadSchema } from '@marquee/subgraph';
import { parse, visit, type DocumentNode } from 'graphql';
import { nodeDeclarations, nodeSchema, nodeSubgraphName } from '../../apps/gateway/src/node/node-schema.ts';
import { findUndatedDeprecations } from './deprecations.ts';
import { findSpreadingOutages } from './outages.ts';

export type Composition =
  | {
      readonly ok: true;
      readonly supergraph: string;
      readonly services: readonly string[];
      readonly hints: readonly string[];
    }
  | { readonly ok: false; readonly errors: readonly string[] };

const banner = '# Composed by `npm run generate` from the schemas of apps/*. Do not edit.\n';

/** The applications that have a schema, in the order of their names. */
function subgraphNames(applicationsDirectory: string): string[] {
  return readdirSync(applicationsDirectory, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== nodeSubgraphName)
    .map((entry) => entry.name)
    .filter((name) =>
      readdirSync(join(applicationsDirectory, name), { recursive: true }).some(
        (file) => String(file).endsWith('.graphql') && !String(file).includes('node_modules'),
      ),
    )
    .toSorted();
}

/**
 * `@requires` with arguments in its field set is planned under the field's bare name: where the same query asks for
 * that field with other arguments, @apollo/gateway merges the two and answers wrong data, silently. So: none.
 */
function findRequiresWithArguments(name: string, document: DocumentNode): string[] {
  const faults: string[] = [];
  visit(document, {
    Directive(directive) {
      if (directive.name.value !== 'requires') return;
      const fields = directive.arguments?.find((argument) => argument.name.value === 'fields')?.value;
      if (fields && 'value' in fields && String(fields.value).includes('(')) {
        faults.push(`${name}: @requires(fields: "${fields.value}") must have no arguments in its field set`);
      }
    },
  });
  return faults;
}

/** Every Node type has one owner, which `node(id:)` asks whether an id exists. */
function findAmbiguousNodes(declarations: ReadonlyMap<string, readonly string[]>): string[] {
  return [...declarations]
    .filter(([, services]) => services.length > 1)
    .map(
      ([type, services]) =>
        `${type} implements Node in ${services.join(' and ')}: only its owner may say so, for node(id:) asks the owner`,
    );
}

function ownersOf(declarations: ReadonlyMap<string, readonly string[]>): Map<string, string> {
  return new Map([...declarations].map(([type, services]) => [type, services[0]!]));
}

/** Ids tell their type by a prefix, so a Node type without one could never be asked for again. */
function findNodesWithoutPrefix(declarations: ReadonlyMap<string, readonly string[]>): string[] {
  return [...declarations.keys()]
    .filter((type) => !(type in idPrefixes))
    .map((type) => `${type} implements Node but has no id prefix in libs/kernel/src/ids.ts`);
}

/**
 * `@authenticated` and `@requiresScopes` as a record, not as an order: linked `for: SECURITY` they make @apollo/gateway
 * refuse the supergraph, since it would not enforce them. The subgraphs do (libs/subgraph), reached by whatever way.
 */
function withoutSecurityPurpose(supergraph: string): string {
  return supergraph.replaceAll(
    /(@link\(url: "https:\/\/specs\.apollo\.dev\/(?:authenticated|requiresScopes)\/[^"]+"), for: SECURITY\)/g,
    '$1)',
  );
}

/**
 * Composes the schemas of all applications under `applicationsDirectory`, and the gateway's own `node(id:)`, into one
 * supergraph. Each service's address is `http://<name>/graphql`, as its Service is called in a cluster, unless
 * `urlOf` says otherwise; the gateway takes others from its environment.
 */
export function composeApplications(
  applicationsDirectory: string,
  urlOf: (name: string) => string = (name) => `http://${name}/graphql`,
): Composition {
  const names = subgraphNames(applicationsDirectory);
  const documents = Object.fromEntries(
    names.map((name) => [name, parse(loadSchema(join(applicationsDirectory, name, 'src')))]),
  );
  const declarations = nodeDeclarations(documents);
  const faults = [
    ...findAmbiguousNodes(declarations),
    ...findNodesWithoutPrefix(declarations),
    ...names.flatMap((name) => findRequiresWithArguments(name, documents[name]!)),
    ...names.flatMap((name) => findUndatedDeprecations(name, documents[name]!)),
    ...findSpreadingOutages(documents, ownersOf(declarations)),
  ];
  if (faults.length > 0) return { ok: false, errors: faults };
  const result = composeServices([
    ...names.map((name) => ({ name, url: urlOf(name), typeDefs: documents[name]! })),
    { name: nodeSubgraphName, url: 'local:node', typeDefs: parse(nodeSchema([...declarations.keys()])) },
  ]);
  if (result.errors) return { ok: false, errors: result.errors.map((error) => error.message) };
  const hints = result.hints.map((hint) => `${hint.definition.code}: ${hint.message}`);
  const supergraph = `${banner}${withoutSecurityPurpose(result.supergraphSdl).trim()}\n`;
  return { ok: true, supergraph, services: names, hints };
}
