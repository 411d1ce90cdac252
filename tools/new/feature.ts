import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { addImport, insertAfter, type Draft } from './draft.ts';
import { addEvent } from './event.ts';
import { freePrefix, NewError, type Names } from './names.ts';
import { renderTemplate } from './templates.ts';

/** A feature of a service, top to bottom: schema, resolvers, rule, use case, reads, migration, event and tests. */
export function draftFeature(draft: Draft, root: string, names: Names, nowMs: number): void {
  const source = `apps/${names.service}/src`;
  if (!draft.has(`${source}/main.ts`)) throw new NewError(`There is no service ${names.service} in apps/.`);
  assertNewType(root, names.Thing);
  const context = draft.read(`${source}/context.ts`);
  // Two ways to hold what use cases need: in the context itself, or in its `services`.
  const inServices = /readonly services: Services/.test(context);
  const access = {
    stamp: `${nowMs}`,
    database: inServices ? 'context.services.database' : 'context.database',
    command: inServices
      ? '{ ...context.services, viewer: context.viewer, onCommit: context.services.wake }'
      : 'context',
  };
  if (!inServices && !/onCommit|Command/.test(context)) {
    throw new NewError(
      `${names.service} only reads: its context has no onCommit, which a use case that commits needs.`,
    );
  }
  for (const { path, content } of renderTemplate('feature', names, access)) {
    draft.create(`${source}/${path}`, content);
  }
  register(draft, source, names, access.stamp);
  addIdPrefix(draft, names);
  addScope(draft, names.service);
  addEvent(draft, `${names.service}.${names.thingKebab}-created.v1`, [
    `${names.thing}Id: uuid`,
    'name: text(100)',
  ]);
}

/** Tells the service of it: resolvers, loaders, migrations, the types behind the schema. */
function register(draft: Draft, source: string, names: Names, stamp: string): void {
  const { Thing, Things, thing, things, thingKebab, thingsKebab } = names;
  const resolvers = `${things}Resolvers`;
  draft.edit(`${source}/resolvers.ts`, (content) =>
    addImport(
      addResolvers(content, resolvers),
      `import { ${resolvers} } from './${thingsKebab}/${thingsKebab}.resolvers.ts';`,
    ),
  );
  draft.edit(`${source}/context.ts`, (content) => {
    const typed = insertAfter(
      content,
      [
        /readonly loaders: \{\n/,
        /type Loaders = [^={]*\{\n/,
        /type Loaders = ReturnType<typeof createLoaders>;\n/,
      ],
      /type Loaders = ReturnType<typeof createLoaders>;\n/.test(content)
        ? ''
        : `readonly ${thing}: Loader<string, ${Thing} | null>;\n`,
      'context.ts',
    );
    const filled = insertAfter(
      typed,
      [/\n {4}loaders: \{\n/, /function createLoaders\([^]*?\n {2}return \{\n/],
      `${thing}: create${Thing}Loader(database, viewer),\n`,
      'context.ts',
    );
    const withLoader = addImport(
      filled,
      `import { create${Thing}Loader } from './${thingsKebab}/find-${thingsKebab}.ts';`,
    );
    const named = new RegExp(`\\b${Thing} \\| null`).test(withLoader);
    return named
      ? addImport(withLoader, `import type { ${Thing} } from './${thingsKebab}/${thingKebab}.ts';`)
      : withLoader;
  });
  draft.edit(`${source}/migrations/index.ts`, (content) => {
    const name = `${Things}${stamp}`;
    const added = content.replace(/\n\];/, `\n  ${name},\n];`);
    if (added === content)
      throw new NewError(`${source}/migrations/index.ts has an unfamiliar shape: add ${name} by hand.`);
    return addImport(added, `import { ${name} } from './${stamp}-${thingsKebab}.ts';`);
  });
  draft.edit(`apps/${names.service}/codegen.json`, (content) => {
    const config = JSON.parse(content) as { mappers?: Record<string, string> };
    const mappers = {
      ...config.mappers,
      [Thing]: `../${thingsKebab}/${thingKebab}.ts#${Thing} as ${Thing}Model`,
    };
    return JSON.stringify({ ...config, mappers }, null, 2);
  });
}

/** A list of features, or an object that each feature is spread into. */
function addResolvers(content: string, name: string): string {
  if (/const features = \[/.test(content))
    return content.replace(/(const features = \[[^\]]*?),?\s*\]/, `$1, ${name}]`).replace('[, ', '[');
  const spread = insertAfter(
    content,
    [/export const resolvers: Resolvers = \{/],
    ` ...${name},`,
    'resolvers.ts',
  );
  const queries = insertAfter(spread, [/\n {2}Query: \{/], ` ...${name}.Query,`, 'resolvers.ts');
  return insertAfter(queries, [/\n {2}Mutation: \{/], ` ...${name}.Mutation,`, 'resolvers.ts');
}

function addIdPrefix(draft: Draft, { Thing, thing }: Names): void {
  const path = 'libs/kernel/src/ids.ts';
  const known = new Map(
    [...draft.read(path).matchAll(/^ {2}(\w+): '([a-z]{3})',$/gm)].map((match) => [match[1]!, match[2]!]),
  );
  if (known.has(Thing)) return;
  const prefix = freePrefix(thing.toLowerCase(), new Set(known.values()));
  const before = [...known.keys()].filter((name) => name < Thing).at(-1);
  const anchor = before ? new RegExp(`^ {2}${before}: '[a-z]{3}',\n`, 'm') : /export const idPrefixes = \{\n/;
  draft.edit(path, (content) => insertAfter(content, [anchor], `  ${Thing}: '${prefix}',\n`, path));
}

/** Who may change it: owners and organisers, by a scope of the service's own. */
function addScope(draft: Draft, service: string): void {
  const path = 'libs/subgraph/src/roles.ts';
  const scope = `'${service}:manage'`;
  if (draft.read(path).includes(scope)) return;
  draft.edit(path, (content) =>
    insertAfter(content, [/const organiserScopes = \[\n {2}'catalogue:read',\n/], `  ${scope},\n`, path),
  );
}

/** Two subgraphs may not mean different things by one type. */
function assertNewType(root: string, Thing: string): void {
  const apps = join(root, 'apps');
  const pattern = new RegExp(`^(extend )?type ${Thing}\\b`, 'm');
  for (const app of readdirSync(apps)) {
    const source = join(apps, app, 'src');
    if (!existsSync(source)) continue;
    const schemas = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter(
      (path) => path.endsWith('.graphql') && !path.includes('generated'),
    );
    const found = schemas.find((path) => pattern.test(readFileSync(join(source, path), 'utf8')));
    if (found) throw new NewError(`The graph has a type ${Thing} already, in apps/${app}/src/${found}.`);
  }
}
