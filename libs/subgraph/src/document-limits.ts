import { Kind, parse, type DocumentNode, type FragmentDefinitionNode, type SelectionSetNode } from 'graphql';

/** What one GraphQL document may ask for. Fragments count at each place where they are spread. */
export type DocumentLimits = {
  /** Fields below one another; introspection is not counted. */
  readonly depth: number;
  readonly fields: number;
  readonly aliases: number;
  /** Fields at the root of an operation: each may be a query of its own. */
  readonly rootFields: number;
  /** Lexical tokens; more are not even parsed. */
  readonly tokens: number;
};

/** For a subgraph, which answers the gateway: planned fetches are wide and shallow. */
export const subgraphLimits: DocumentLimits = {
  depth: 30,
  fields: 10_000,
  aliases: 1_000,
  rootFields: 500,
  tokens: 40_000,
};

type Size = { readonly depth: number; readonly fields: number; readonly aliases: number };

const nothing: Size = { depth: 0, fields: 0, aliases: 0 };
/** Sums stop here: fragments that double at each level pass 2^53 after some fifty of them. */
const ceiling = 1_000_000_000;

/** The size of a selection with its fragments spread; each fragment is measured once, so cost is linear. */
function createMeasure(document: DocumentNode): (selection: SelectionSetNode) => Size {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }
  const measured = new Map<string, Size>();

  const ofFragment = (name: string): Size => {
    const known = measured.get(name);
    if (known) return known;
    // Stands in while the fragment is being measured, so that a cycle ends; validation refuses the cycle.
    measured.set(name, nothing);
    const fragment = fragments.get(name);
    const size = fragment ? measure(fragment.selectionSet) : nothing;
    measured.set(name, size);
    return size;
  };
  const measure = ({ selections }: SelectionSetNode): Size => {
    let total = nothing;
    for (const selection of selections) {
      let size = nothing;
      if (selection.kind === Kind.FRAGMENT_SPREAD) size = ofFragment(selection.name.value);
      else if (selection.kind === Kind.INLINE_FRAGMENT) size = measure(selection.selectionSet);
      else if (!selection.name.value.startsWith('__')) {
        const below = selection.selectionSet ? measure(selection.selectionSet) : nothing;
        const aliases = below.aliases + (selection.alias ? 1 : 0);
        size = { depth: below.depth + 1, fields: below.fields + 1, aliases };
      }
      total = {
        depth: Math.max(total.depth, size.depth),
        fields: Math.min(ceiling, total.fields + size.fields),
        aliases: Math.min(ceiling, total.aliases + size.aliases),
      };
    }
    return total;
  };
  return measure;
}

/** What is too large about a document, in words for its author; null where nothing is. */
export function findExcess(document: DocumentNode, limits: DocumentLimits): string | null {
  const measure = createMeasure(document);
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
    const { depth, fields, aliases } = measure(definition.selectionSet);
    const rootFields = definition.selectionSet.selections.length;
    if (depth > limits.depth) return `The operation is ${depth} fields deep; ${limits.depth} are allowed.`;
    if (aliases > limits.aliases)
      return `The operation has ${aliases} aliases; ${limits.aliases} are allowed.`;
    if (fields > limits.fields)
      return `The operation asks for ${fields} fields; ${limits.fields} are allowed.`;
    if (rootFields > limits.rootFields) {
      return `The operation has ${rootFields} root fields; ${limits.rootFields} are allowed.`;
    }
  }
  return null;
}

const rememberedDocuments = 1_000;
const rememberedLength = 20_000;

/**
 * Judges documents before they are validated, since validating an abusive one is itself the cost. Documents once
 * found fit are remembered, so a known one costs a look-up. A syntax error passes: the server words it better.
 */
export function createDocumentGate(limits: DocumentLimits): (source: string) => string | null {
  const fit = new Set<string>();
  return (source) => {
    if (fit.has(source)) return null;
    let document: DocumentNode;
    try {
      document = parse(source, { maxTokens: limits.tokens, noLocation: true });
    } catch (error) {
      // Beyond the tokens the server's own parser stops too, with the same words.
      if (error instanceof RangeError) return 'The document is nested too deeply.';
      return null;
    }
    const excess = findExcess(document, limits);
    if (excess === null && source.length <= rememberedLength) {
      if (fit.size >= rememberedDocuments) fit.delete(fit.values().next().value!);
      fit.add(source);
    }
    return excess;
  };
}
