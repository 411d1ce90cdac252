import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { NewError } from './names.ts';

/** Files to be written, over those that are there. Nothing touches the disk before `write`. */
export type Draft = {
  has(path: string): boolean;
  read(path: string): string;
  /** Throws a NewError where the file is there already. */
  create(path: string, content: string): void;
  edit(path: string, change: (content: string) => string): void;
  /** Answers the paths written, relative to the root. */
  write(): string[];
};

export function startDraft(root: string): Draft {
  const pending = new Map<string, string>();
  const has = (path: string) => pending.has(path) || existsSync(join(root, path));
  const read = (path: string) => {
    if (!has(path)) throw new NewError(`${path} is missing.`);
    return pending.get(path) ?? readFileSync(join(root, path), 'utf8');
  };
  return {
    has,
    read,
    create(path, content) {
      if (has(path)) throw new NewError(`${path} is there already.`);
      pending.set(path, content);
    },
    edit(path, change) {
      pending.set(path, change(read(path)));
    },
    write() {
      for (const [path, content] of pending) {
        mkdirSync(dirname(join(root, path)), { recursive: true });
        writeFileSync(join(root, path), content);
      }
      return [...pending.keys()];
    },
  };
}

/** Puts `addition` behind the first match of a pattern. Throws a NewError that says what to do by hand. */
export function insertAfter(
  content: string,
  patterns: readonly RegExp[],
  addition: string,
  where: string,
): string {
  for (const pattern of patterns) {
    const match = pattern.exec(content);
    if (!match) continue;
    const at = match.index + match[0].length;
    return content.slice(0, at) + addition + content.slice(at);
  }
  throw new NewError(`${where} has an unfamiliar shape. Add this by hand:\n${addition.trim()}`);
}

/** Adds an import behind the others. */
export function addImport(content: string, line: string): string {
  if (content.includes(line)) return content;
  const imports = [...content.matchAll(/^import [^;]+;\n/gm)];
  const last = imports.at(-1);
  const at = last ? last.index + last[0].length : 0;
  return `${content.slice(0, at)}${line}\n${content.slice(at)}`;
}
