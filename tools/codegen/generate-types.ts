import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { codegen } from '@graphql-codegen/core';
import * as typescriptPlugin from '@graphql-codegen/typescript';
import * as resolversPlugin from '@graphql-codegen/typescript-resolvers';
import { loadSchema } from '@marquee/subgraph';
import { getNamedType, isObjectType, Kind, parse, type DocumentNode, type GraphQLSchema } from 'graphql';
import { format, resolveConfig } from 'prettier';

/** What an application says about its own types, in `codegen.json` beside its package.json. */
type Settings = { readonly mappers?: Readonly<Record<string, string>> };

const banner = '// Made by `npm run generate` from the *.graphql files of this application. Do not edit.\n';

function readSettings(applicationDirectory: string): Settings {
  const file = join(applicationDirectory, 'codegen.json');
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Settings) : {};
}

/** A mapper for a type that the schema does not have is a typing error that would otherwise pass unseen. */
function checkMappers(schema: GraphQLSchema, mappers: Readonly<Record<string, string>>): void {
  for (const name of Object.keys(mappers)) {
    const type = schema.getType(name);
    if (!type || !isObjectType(getNamedType(type))) {
      throw new Error(`codegen.json maps ${name}, which is no object type of this schema`);
    }
  }
}

/** The application's own types, without the federation's, which no resolver needs. */
function withoutLinks(document: DocumentNode): DocumentNode {
  return {
    ...document,
    definitions: document.definitions.filter(({ kind }) => kind !== Kind.SCHEMA_EXTENSION),
  };
}

function pluginConfig(mappers: Readonly<Record<string, string>>): Record<string, unknown> {
  return {
    federation: true,
    useTypeImports: true,
    enumsAsTypes: true,
    contextType: '../context.ts#Context',
    mappers,
    // A result union's members must name themselves; a type error here is a runtime fault saved.
    resolversNonOptionalTypename: { unionMember: true },
    scalars: {
      ID: { input: 'string', output: 'string' },
      DateTime: { input: 'Date', output: 'Date | string' },
      LocalDateTime: { input: 'string', output: 'string' },
      BigInt: { input: 'bigint', output: 'bigint | number | string' },
    },
    inputMaybeValue: 'T | null | undefined',
    makeResolverTypeCallable: true,
    defaultScalarType: 'unknown',
    // Apollo's own injected definitions are in the schema already.
    disableFederationDirectiveAndScalarInjection: true,
  };
}

/** The TypeScript of one application's schema: its types, and those of its resolvers, formatted. */
export async function generateTypes(applicationDirectory: string): Promise<string> {
  const { mappers = {} } = readSettings(applicationDirectory);
  const document = parse(loadSchema(join(applicationDirectory, 'src')));
  // Says what is wrong with the schema far better than the generator would.
  checkMappers(buildSubgraphSchema([{ typeDefs: document }]), mappers);
  const filename = join(applicationDirectory, 'src/generated/schema.ts');
  const source = await codegen({
    filename,
    documents: [],
    schema: withoutLinks(document),
    config: pluginConfig(mappers),
    plugins: [{ typescript: {} }, { resolvers: {} }],
    pluginMap: { typescript: typescriptPlugin, resolvers: resolversPlugin },
  });
  const prettierConfig = await resolveConfig(filename);
  return format(banner + source, { ...prettierConfig, parser: 'typescript' });
}
