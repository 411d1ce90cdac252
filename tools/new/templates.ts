import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { NewError, type Names } from './names.ts';

const folder = join(import.meta.dirname, 'templates');

/** The files of one template: path and content, with `{{name}}` replaced in both. */
export function renderTemplate(
  template: 'feature' | 'service',
  names: Names,
  extra: Readonly<Record<string, string>> = {},
): { readonly path: string; readonly content: string }[] {
  const values: Readonly<Record<string, string>> = { ...names, ...extra };
  return readdirSync(join(folder, template), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.template'))
    .toSorted()
    .map((path) => ({
      path: fill(path.replace(/\.template$/, ''), values),
      content: fill(readFileSync(join(folder, template, path), 'utf8'), values),
    }));
}

function fill(text: string, values: Readonly<Record<string, string>>): string {
  return text.replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new NewError(`A template names {{${name}}}, which nothing stands for.`);
    return value;
  });
}
