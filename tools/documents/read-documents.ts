import { readFileSync } from 'node:fs';
import { Kind, parse, print, separateOperations, type GraphQLSchema, validate } from 'graphql';

/** A file that cannot be registered; the message says which and why. */
export class DocumentError extends Error {
  override readonly name = 'DocumentError';
}

type ApolloManifest = { readonly format: string; readonly operations: readonly { readonly body: string }[] };

function isApolloManifest(value: object): value is ApolloManifest {
  return (value as Partial<ApolloManifest>).format === 'apollo-persisted-query-manifest';
}

/** Texts exactly as their client will send them: tools that print their own keep them to the byte. */
function textsOfJson(file: string, text: string): string[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new DocumentError(`${file} is not JSON.`);
  }
  if (typeof value !== 'object' || value === null) throw new DocumentError(`${file} holds no documents.`);
  const texts = isApolloManifest(value)
    ? value.operations.map(({ body }) => body)
    : Object.values(value as Record<string, unknown>);
  if (!texts.every((each) => typeof each === 'string')) {
    throw new DocumentError(
      `${file} is neither an Apollo persisted-query manifest nor a file of texts by id, as Relay writes it.`,
    );
  }
  return texts as string[];
}

/** Each operation with the fragments that it uses, as graphql-js prints it. */
function textsOfGraphql(file: string, text: string): string[] {
  try {
    return Object.values(separateOperations(parse(text))).map((document) => print(document));
  } catch (error) {
    throw new DocumentError(`${file}: ${(error as Error).message}`);
  }
}

export type NamedDocument = { readonly name: string; readonly text: string };

/** The documents of a file, each valid in this schema. Throws a DocumentError. */
export function readDocuments(file: string, schema: GraphQLSchema): NamedDocument[] {
  const text = readFileSync(file, 'utf8');
  const texts = file.endsWith('.json') ? textsOfJson(file, text) : textsOfGraphql(file, text);
  return texts.map((source) => {
    const document = parse(source);
    const [fault] = validate(schema, document);
    const operation = document.definitions.find((each) => each.kind === Kind.OPERATION_DEFINITION);
    const name = operation?.name?.value ?? 'an operation without a name';
    if (fault) throw new DocumentError(`${file}: ${name}: ${fault.message}`);
    return { name, text: source };
  });
}
