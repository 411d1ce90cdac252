import {
  Kind,
  parse,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';

/** What one GraphQL document may ask for. Fragments count at each place where they are spread. */
export type DocumentLimits = {
  /** Fields below one another; introspection is not counted. */
  readonly depth: number;
  readonly fields: number;
  readonly aliases: number;
  /** Fields at the root of an operation: each may be a query of its own. */
  readonly rootFields: number;
  readonly directives: number;
  /** Fragments spread in one selection: validation compares each with each. */
  readonly spreads: number;
  /** Fields that answer under one name in one selection, inline fragments included: compared each with each, too. */
  readonly repeats: number;
  /** Lexical tokens; more are not even parsed. */
  readonly tokens: number;
  /** More are not even read. */
  readonly characters: number;
};

/** For a subgraph, which answers the gateway: planned fetches are wide and shallow. */
export const subgraphLimits: DocumentLimits = {
  depth: 30,
  fields: 10_000,
  aliases: 1_000,
  rootFields: 500,
  directives: 10_000,
  spreads: 1_000,
  repeats: 1_000,
  tokens: 40_000,
  characters: 1_000_000,
};

type Size = {
  readonly depth: number;
  readonly fields: number;
  readonly aliases: number;
  readonly directives: number;
  readonly spreads: number;
  readonly repeats: number;
};

const nothing: Size = { depth: 0, fields: 0, aliases: 0, directives: 0, spreads: 0, repeats: 0 };
/** Sums stop here: fragments that double at each level pass 2^53 after some fifty of them. */
const ceiling = 1_000_000_000;

const sum = (one: number, other: number) => Math.min(ceiling, one + other);

function join(one: Size, other: Size): Size {
  return {
    depth: Math.max(one.depth, other.depth),
    fields: sum(one.fields, other.fields),
    aliases: sum(one.aliases, other.aliases),
    directives: sum(one.directives, other.directives),
    spreads: Math.max(one.spreads, other.spreads),
    repeats: Math.max(one.repeats, other.repeats),
  };
}

/** What answers under which name in one selection, and how many fragments are spread there. */
type Place = { readonly names: Map<string, number>; spreads: number; repeats: number };

const newPlace = (): Place => ({ names: new Map(), spreads: 0, repeats: 0 });

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
  const ofField = ({ name, alias, selectionSet }: FieldNode, place: Place): Size => {
    const key = alias?.value ?? name.value;
    const times = (place.names.get(key) ?? 0) + 1;
    place.names.set(key, times);
    place.repeats = Math.max(place.repeats, times);
    if (name.value === '__typename') return nothing;
    const below = selectionSet ? measure(selectionSet) : nothing;
    return {
      ...below,
      depth: name.value.startsWith('__') ? 0 : below.depth + 1,
      fields: sum(below.fields, 1),
      aliases: sum(below.aliases, alias ? 1 : 0),
    };
  };
  const ofSelection = (selection: SelectionNode, place: Place): Size => {
    if (selection.kind === Kind.FIELD) return ofField(selection, place);
    if (selection.kind === Kind.INLINE_FRAGMENT) return within(selection.selectionSet, place);
    place.spreads += 1;
    return ofFragment(selection.name.value);
  };
  const within = ({ selections }: SelectionSetNode, place: Place): Size => {
    let total = nothing;
    for (const selection of selections) {
      const size = ofSelection(selection, place);
      const directives = selection.directives?.length ?? 0;
      total = join(
        total,
        directives === 0 ? size : { ...size, directives: sum(size.directives, directives) },
      );
    }
    return total;
  };
  const measure = (selection: SelectionSetNode): Size => {
    const place = newPlace();
    const size = within(selection, place);
    const { spreads, repeats } = place;
    return join(size, { ...nothing, spreads, repeats });
  };
  return measure;
}

function judge(size: Size, rootFields: number, limits: DocumentLimits): string | null {
  const { depth, fields, aliases, directives, spreads, repeats } = size;
  const judged: readonly (readonly [number, number, string])[] = [
    [depth, limits.depth, `The operation is ${depth} fields deep`],
    [aliases, limits.aliases, `The operation has ${aliases} aliases`],
    [fields, limits.fields, `The operation asks for ${fields} fields`],
    [rootFields, limits.rootFields, `The operation has ${rootFields} root fields`],
    [directives, limits.directives, `The operation has ${directives} directives`],
    [spreads, limits.spreads, `The operation spreads ${spreads} fragments in one selection`],
    [repeats, limits.repeats, `The operation selects ${repeats} times under one name`],
  ];
  const excess = judged.find(([actual, allowed]) => actual > allowed);
  return excess ? `${excess[2]}; ${excess[1]} are allowed.` : null;
}

/** What is too large about a document, in words for its author; null where nothing is. */
export function findExcess(document: DocumentNode, limits: DocumentLimits): string | null {
  const measure = createMeasure(document);
  for (const definition of document.definitions) {
    const isOperation = definition.kind === Kind.OPERATION_DEFINITION;
    // Fragments that nothing spreads are validated, too, which is what costs.
    if (!isOperation && definition.kind !== Kind.FRAGMENT_DEFINITION) continue;
    const size = measure(definition.selectionSet);
    const directives = sum(size.directives, definition.directives?.length ?? 0);
    const rootFields = isOperation ? definition.selectionSet.selections.length : 0;
    const excess = judge({ ...size, directives }, rootFields, limits);
    if (excess) return excess;
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
    if (source.length > limits.characters) {
      return `The document has ${source.length} characters; ${limits.characters} are allowed.`;
    }
    let document: DocumentNode;
    try {
      document = parse(source, { maxTokens: limits.tokens, noLocation: true });
    } catch (error) {
      if (error instanceof RangeError) return 'The document is nested too deeply.';
      const isTooLong = error instanceof Error && error.message.includes('Parsing aborted');
      return isTooLong ? `The document has more than ${limits.tokens} tokens, which are allowed.` : null;
    }
    const excess = findExcess(document, limits);
    if (excess === null && source.length <= rememberedLength) {
      if (fit.size >= rememberedDocuments) fit.delete(fit.values().next().value!);
      fit.add(source);
    }
    return excess;
  };
}
