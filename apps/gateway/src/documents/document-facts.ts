import { Kind, parse, type DocumentNode, type OperationDefinitionNode } from 'graphql';
import { LRUCache } from 'lru-cache';
import { createCachePolicies, type CachePolicy } from '../caching/cache-hints.ts';
import { clientLimits } from '../limits/client-limits.ts';
import { createCostPlan, type CostPlan } from '../limits/cost.ts';
import { readCostSchema } from '../limits/cost-schema.ts';

/** What the gateway needs to know of one operation of a document before it is executed. */
export type OperationFacts = {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly policy: CachePolicy;
  readonly cost: CostPlan;
};

export type DocumentFacts = {
  /** Null where it cannot be parsed, or names no operation: the server words that better. */
  of(source: string, operationName: string | undefined): OperationFacts | null;
};

const rememberedCharacters = 8 * 1024 * 1024;

type Known = {
  readonly document: DocumentNode | null;
  readonly operations: Map<string, OperationFacts | null>;
};

function parseOrNull(source: string): DocumentNode | null {
  try {
    return parse(source, { maxTokens: clientLimits.tokens, noLocation: true });
  } catch {
    return null;
  }
}

function findOperation(
  document: DocumentNode,
  name: string | undefined,
): OperationDefinitionNode | undefined {
  const operations = document.definitions.filter((each) => each.kind === Kind.OPERATION_DEFINITION);
  if (name) return operations.find((operation) => operation.name?.value === name);
  return operations.length === 1 ? operations[0] : undefined;
}

/** Facts of documents, made once for each. Ask only for documents that the limits let pass. */
export function createDocumentFacts(supergraph: string): DocumentFacts {
  const policyOf = createCachePolicies(supergraph);
  const costs = readCostSchema(parse(supergraph, { noLocation: true }));
  const remembered = new LRUCache<string, Known>({
    maxSize: rememberedCharacters,
    sizeCalculation: (_, source) => source.length + 100,
  });
  const factsOf = ({ document }: Known, name: string | undefined): OperationFacts | null => {
    const operation = document && findOperation(document, name);
    if (!document || !operation) return null;
    const cost = createCostPlan(costs, document, operation);
    return { document, operation, policy: policyOf(document, name), cost };
  };
  return {
    of: (source, operationName) => {
      let known = remembered.get(source);
      if (!known) {
        known = { document: parseOrNull(source), operations: new Map() };
        remembered.set(source, known);
      }
      const name = operationName ?? '';
      let facts = known.operations.get(name);
      if (facts === undefined) {
        facts = factsOf(known, operationName);
        // An endless supply of names is remembered for none of them.
        if (facts || known.operations.size < 10) known.operations.set(name, facts);
      }
      return facts;
    },
  };
}
