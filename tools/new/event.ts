import { addImport, insertAfter, type Draft } from './draft.ts';
import { camel, NewError, parseKebab } from './names.ts';

const contracts = 'libs/contracts/src';
const typePattern = /^([a-z][a-z0-9-]*)\.([a-z][a-z0-9]*(?:-[a-z0-9]+)+)\.v(\d{1,3})$/;

/**
 * A domain event with its test. Its data starts with the id of what it happened to, taken from its name
 * (`gate-locked`: `gateId`); the rest is yours to add.
 */
export function draftEvent(draft: Draft, type: string): void {
  const match = typePattern.exec(type);
  if (!match) {
    throw new NewError(
      `${type} is no event type: it is named service.what-happened.vN, such as tickets.hold-placed.v1.`,
    );
  }
  const [, service = '', happened = '', version = ''] = match;
  const id = `${camel(happened.split('-').slice(0, -1).join('-'))}Id`;
  addEvent(draft, type, [`${id}: uuid`]);
  draft.create(`${contracts}/${service}-${happened}-v${version}.test.ts`, testOf(type, id));
}

/** Adds the type to its service's catalogue, which is made where there is none. */
export function addEvent(draft: Draft, type: string, fields: readonly string[]): void {
  const service = parseKebab('A service', type.split('.')[0]);
  const path = `${contracts}/${service}.ts`;
  if (!draft.has(path)) createCatalogue(draft, service);
  const content = draft.read(path);
  if (content.includes(`'${type}'`)) throw new NewError(`${type} is in ${path} already.`);
  const entry = `  '${type}': event('${describe(type)}', { ${fields.join(', ')} }),\n`;
  const end = /\n\};\n(?![^]*\n\};\n)/;
  const match = end.exec(content);
  if (!match) throw new NewError(`${path} has an unfamiliar shape. Add this by hand:\n${entry}`);
  draft.edit(path, (text) => {
    const added = `${text.slice(0, match.index + 1)}${entry}${text.slice(match.index + 1)}`;
    return importSchemas(added, fields);
  });
}

function createCatalogue(draft: Draft, service: string): void {
  const name = `${camel(service)}Events`;
  draft.create(
    `${contracts}/${service}.ts`,
    `import { event } from './schemas.ts';\n\nexport const ${name} = {\n};\n`,
  );
  draft.edit(`${contracts}/catalogue.ts`, (content) => {
    const spread = insertAfter(content, [/export const catalogue = \{/], ` ...${name},`, 'catalogue.ts');
    return addImport(spread, `import { ${name} } from './${service}.ts';`);
  });
}

/** A first sentence for the catalogue's page, from the name: `gate-locked` is "A gate was locked." */
function describe(type: string): string {
  const words = type.split('.')[1]!.split('-');
  const [noun, verb] = [words.slice(0, -1).join(' '), words.at(-1)];
  return `${/^[aeiou]/.test(noun) ? 'An' : 'A'} ${noun} was ${verb}.`;
}

/** The pieces of schemas.ts that these fields name. */
function importSchemas(content: string, fields: readonly string[]): string {
  const used = ['uuid', 'text'].filter((name) =>
    fields.some((field) => new RegExp(`: ${name}\\b`).test(field)),
  );
  const needed = ['event', ...used];
  const existing = /import \{([^}]*)\} from '\.\/schemas\.ts';\n/.exec(content);
  if (!existing) return addImport(content, `import { ${needed.join(', ')} } from './schemas.ts';`);
  const names = new Set([
    ...existing[1]!
      .split(',')
      .map((name) => name.trim())
      .filter(Boolean),
    ...needed,
  ]);
  return content.replace(
    existing[0],
    `import { ${[...names].toSorted().join(', ')} } from './schemas.ts';\n`,
  );
}

function testOf(type: string, id: string): string {
  return `import { expect, test } from '@jest/globals';
import { assertValidEvent } from './catalogue.ts';

const data = { ${id}: '01980000-0000-7000-8000-000000000001' };

test('${type} takes what it describes', () => {
  expect(() => assertValidEvent({ type: '${type}', data })).not.toThrow();
});

test.each([
  ['nothing', {}],
  ['an id that is none', { ${id}: 'x' }],
])('${type} refuses %s', (_, wrong) => {
  expect(() => assertValidEvent({ type: '${type}', data: wrong })).toThrow('${type}');
});
`;
}
