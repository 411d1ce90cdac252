import { Kind, parse, type ConstDirectiveNode, type DocumentNode } from 'graphql';

/** The gateway's own subgraph in the supergraph: `Query.node`, and nothing else. */
export const nodeSubgraphName = 'gateway';

/**
 * The SDL of that subgraph for these types. Each is a stub: the planner fetches what is selected on a node from the
 * services that have the fields.
 */
export function nodeSchema(types: readonly string[]): string {
  const stubs = types
    .toSorted()
    .map((type) => `type ${type} implements Node @key(fields: "id", resolvable: false) {\n  id: ID!\n}\n`);
  return `extend schema
  @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])

type Query {
  "Anything of this organisation by its id; null for an id that is unknown, malformed or another organisation's."
  node(id: ID!): Node
}

"Anything with an id that can be asked for again with \`node(id:)\`."
interface Node {
  id: ID!
}

${stubs.join('\n')}`;
}

/** The services that declare each Node type, from their own schemas: `{ Venue: ['venues'] }`. */
export function nodeDeclarations(subgraphs: Readonly<Record<string, DocumentNode>>): Map<string, string[]> {
  const declarations = new Map<string, string[]>();
  for (const [name, document] of Object.entries(subgraphs)) {
    for (const definition of document.definitions) {
      const isObject =
        definition.kind === Kind.OBJECT_TYPE_DEFINITION || definition.kind === Kind.OBJECT_TYPE_EXTENSION;
      if (!isObject || !definition.interfaces?.some((one) => one.name.value === 'Node')) continue;
      const type = definition.name.value;
      declarations.set(type, [...(declarations.get(type) ?? []), name]);
    }
  }
  return declarations;
}

function argumentOf(directive: ConstDirectiveNode, name: string): string | undefined {
  const value = directive.arguments?.find((argument) => argument.name.value === name)?.value;
  return value && (value.kind === Kind.STRING || value.kind === Kind.ENUM) ? value.value : undefined;
}

export type SupergraphService = {
  /** As its folder is called: `venues`. */
  readonly name: string;
  readonly url: string;
};

/** What a supergraph says about its services and about which of them owns each Node type. */
export function readSupergraph(sdl: string): {
  readonly services: readonly SupergraphService[];
  readonly nodeOwners: ReadonlyMap<string, string>;
} {
  const document = parse(sdl, { noLocation: true });
  const nameByGraph = new Map<string, SupergraphService>();
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.ENUM_TYPE_DEFINITION || definition.name.value !== 'join__Graph') continue;
    for (const value of definition.values ?? []) {
      const graph = value.directives?.find((directive) => directive.name.value === 'join__graph');
      const name = graph && argumentOf(graph, 'name');
      if (name) nameByGraph.set(value.name.value, { name, url: argumentOf(graph, 'url') ?? '' });
    }
  }
  const nodeOwners = new Map<string, string>();
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION) continue;
    for (const directive of definition.directives ?? []) {
      const implementsNode =
        directive.name.value === 'join__implements' && argumentOf(directive, 'interface') === 'Node';
      const name = implementsNode && nameByGraph.get(argumentOf(directive, 'graph') ?? '')?.name;
      if (name && name !== nodeSubgraphName) nodeOwners.set(definition.name.value, name);
    }
  }
  return {
    services: [...nameByGraph.values()].filter(({ name }) => name !== nodeSubgraphName),
    nodeOwners,
  };
}
