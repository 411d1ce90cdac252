import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sourcesOf, type Tree } from './trees.ts';

/** One migration as it stands in the sources. */
export type Migration = { readonly name: string; readonly file: string; readonly sql: string };

/** What version N, which still runs, would stumble over. */
const contracting: readonly (readonly [RegExp, string])[] = [
  [/\bdrop\s+table\b/, 'drops a table'],
  [/\bdrop\s+column\b/, 'drops a column'],
  [/\brename\s+(column|to|constraint)\b/, 'renames'],
  [/\balter\s+column\s+\S+\s+(set\s+data\s+)?type\b/, 'changes the type of a column'],
  [/\balter\s+column\s+\S+\s+set\s+not\s+null\b/, 'forbids null in a column that N may leave empty'],
  [/\balter\s+column\s+\S+\s+drop\s+default\b/, 'takes a default away that N may rely on'],
  [/\bdrop\s+(materialized\s+)?(view|type|function|schema|sequence)\b/, 'drops what N may use'],
  [/\btruncate\b/, 'empties a table'],
];

/** What N gets on with, and a person should have looked at. */
const worthALook: readonly (readonly [RegExp, string])[] = [
  [/\bcreate\s+unique\s+index\b/, 'makes an index unique: N may write what it refuses'],
  [
    /\badd\s+constraint\b(?![^;]*\bnot\s+valid\b)/,
    'adds a constraint: N may write what it refuses, and old rows are checked under a lock',
  ],
  [/\bdrop\s+(index|constraint)\b/, 'drops an index or a constraint'],
  [/\bdelete\s+from\b/, 'deletes rows'],
  [/\bupdate\s+\w+\s+set\b/, 'changes rows: in pieces, where there are many'],
];

/** A column that N does not know of, and so leaves out, must be allowed to be empty or fill itself. */
function neededColumns(sql: string): string[] {
  return [...sql.matchAll(/\badd\s+column\s+(?:if\s+not\s+exists\s+)?(\w+)([^,;]*)/g)].flatMap(
    ([, column, rest]) =>
      /\bnot\s+null\b/.test(rest!) && !/\b(default|generated)\b/.test(rest!)
        ? [`needs a value in the new column ${column}, which N does not give`]
        : [],
  );
}

/** All of a migration's text that may be SQL of its way up: what is after `down` is the way back. */
function sqlOf(text: string): string {
  const [up = ''] = text.split(/\basync\s+down\s*\(/);
  return (
    up
      .replaceAll(/\/\*[\s\S]*?\*\//g, ' ')
      .replaceAll(/(^|[\s`])(--|\/\/).*$/gm, ' ')
      // Commas inside brackets part no clauses: numeric(10, 2).
      .replaceAll(/\(([^()]*)\)/g, (inner) => inner.replaceAll(',', ' '))
      .toLowerCase()
  );
}

/** Every migration of apps and libraries by its name. */
export function migrationsOf({ directory }: Tree): Map<string, Migration> {
  const found = new Map<string, Migration>();
  for (const parent of ['apps', 'libs']) {
    for (const name of sourcesOf(join(directory, parent)).filter(
      (each) => each.endsWith('.ts') && /migrations?/.test(each),
    )) {
      const text = readFileSync(join(directory, parent, name), 'utf8');
      const [first = '', ...others] = text.split(/^(?=export class \w+ implements MigrationInterface)/m);
      const startsWithClass = first.startsWith('export class');
      const classes = startsWithClass ? [first, ...others] : others;
      // Statements are often constants before the class.
      const shared = !startsWithClass && classes.length === 1 ? first : '';
      for (const part of classes) {
        const migration = /^export class (\w+)/.exec(part)![1]!;
        found.set(migration, { name: migration, file: `${parent}/${name}`, sql: sqlOf(shared + part) });
      }
    }
  }
  return found;
}

export type JudgedMigration = Migration & {
  readonly refused: readonly string[];
  readonly look: readonly string[];
};

function judge(migration: Migration): JudgedMigration {
  const matching = (rules: typeof contracting) =>
    rules.filter(([pattern]) => pattern.test(migration.sql)).map(([, meaning]) => meaning);
  return {
    ...migration,
    refused: [...matching(contracting), ...neededColumns(migration.sql)],
    look: matching(worthALook),
  };
}

/** The migrations that the newer tree adds, judged; and faults of those that both have, or that are gone. */
export function judgeMigrations(
  before: Tree,
  after: Tree,
): { readonly added: JudgedMigration[]; readonly faults: string[] } {
  const [old, next] = [migrationsOf(before), migrationsOf(after)];
  const faults = [...old.values()].flatMap(({ name, file, sql }) => {
    const now = next.get(name);
    if (!now) return [`${file}: ${name} is gone; a migration that ran somewhere stays for ever`];
    return now.sql === sql
      ? []
      : [`${now.file}: ${name} says something else than in N; where it ran it will not run again`];
  });
  return { added: [...next.values()].filter(({ name }) => !old.has(name)).map(judge), faults };
}
