import { globSync } from 'node:fs';
import { join, sep } from 'node:path';
import ts from 'typescript';
import { isEventType } from '@marquee/contracts';
import { createParser, resolve, textOf, walk, type ParsedFile, type Parser } from './source-file.ts';

/** A subscription as it stands in the code. */
export type Consumer = {
  readonly service: string;
  readonly subscription: string;
  /** `project`: in order, one at a time; `work`: by competing workers. */
  readonly kind: 'project' | 'work';
  readonly types: readonly string[];
  /** From the root of the workspace. */
  readonly file: string;
};

export type EventFlow = {
  /** The files in which a type is published, by type. */
  readonly published: ReadonlyMap<string, readonly string[]>;
  readonly consumers: readonly Consumer[];
};

/**
 * Who publishes and who consumes what, read from the sources of the apps: `{ type: '…', data }` of a service's own
 * types, and the handler maps given to `project` and `work`. Tests and generated files are passed over.
 */
export function readEventFlow(root: string): EventFlow {
  const parser = createParser();
  const published = new Map<string, string[]>();
  const consumers: Consumer[] = [];
  for (const path of sourcesOf(root)) {
    const file = parser(join(root, path));
    const service = path.split(sep)[1]!;
    for (const type of publishedIn(file, service)) {
      published.set(type, [...(published.get(type) ?? []), toPosix(path)]);
    }
    for (const subscription of subscriptionsIn(parser, file)) {
      consumers.push({ service, file: toPosix(path), ...subscription });
    }
  }
  return { published, consumers };
}

function sourcesOf(root: string): string[] {
  return globSync(join('apps', '*', 'src', '**', '*.ts'), { cwd: root })
    .filter((path) => !/\.(test|test-support)\.ts$/.test(path) && !path.includes(`${sep}generated${sep}`))
    .toSorted();
}

/** An event literal has its data beside its type; a mere comparison of types, or a union, is none. */
function publishedIn(file: ParsedFile, service: string): Set<string> {
  const types = new Set<string>();
  for (const node of walk(file.tree)) {
    if (!ts.isPropertyAssignment(node) || node.name.getText(file.tree) !== 'type') continue;
    const literals = [...walk(node.initializer)].filter(ts.isStringLiteralLike);
    for (const { text } of literals) {
      if (isEventType(text) && text.startsWith(`${service}.`)) types.add(text);
    }
  }
  return types;
}

type Found = Pick<Consumer, 'subscription' | 'kind' | 'types'>;

function* subscriptionsIn(parser: Parser, file: ParsedFile): Generator<Found, void, undefined> {
  for (const node of walk(file.tree)) {
    if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) continue;
    const kind = node.expression.name.text;
    const [options] = node.arguments;
    if ((kind !== 'project' && kind !== 'work') || !options || !ts.isObjectLiteralExpression(options))
      continue;
    const [name, events] = [propertyOf(options, 'name'), propertyOf(options, 'events')];
    if (!name || !events) continue;
    const subscription = textOf(parser, file, name);
    if (subscription === null) throw new Error(`${file.path}: the name of a subscription must be a constant`);
    const types = new Set<string>();
    collectTypes(parser, file, events, types, new Set());
    if (types.size === 0) {
      throw new Error(
        `${file.path}: what ${subscription} handles cannot be read; give a map of handlers by event type`,
      );
    }
    yield { subscription, kind, types: [...types].toSorted() };
  }
}

function propertyOf(object: ts.ObjectLiteralExpression, name: string): ts.Expression | undefined {
  for (const property of object.properties) {
    if (ts.isShorthandPropertyAssignment(property) && property.name.text === name) return property.name;
    if (ts.isPropertyAssignment(property) && property.name.getText() === name) return property.initializer;
  }
  return undefined;
}

/** Event types that are keys within the expression, or within what the names in it stand for. */
function collectTypes(
  parser: Parser,
  file: ParsedFile,
  expression: ts.Node,
  types: Set<string>,
  seen: Set<ts.Node>,
): void {
  if (seen.has(expression)) return;
  seen.add(expression);
  for (const node of walk(expression)) {
    if (
      (ts.isPropertyAssignment(node) || ts.isMethodDeclaration(node)) &&
      ts.isStringLiteralLike(node.name)
    ) {
      if (isEventType(node.name.text)) types.add(node.name.text);
    } else if (ts.isIdentifier(node)) {
      const found = resolve(parser, file, node.text);
      if (found) collectTypes(parser, found.file, found.node, types, seen);
    }
  }
}

function toPosix(path: string): string {
  return path.split(sep).join('/');
}
