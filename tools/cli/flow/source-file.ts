import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';

/** A source file parsed, with what its top level declares and imports. */
export type ParsedFile = {
  readonly path: string;
  readonly tree: ts.SourceFile;
  readonly declarations: ReadonlyMap<string, ts.Node>;
  /** Where a name imported from one of our own files comes from. */
  readonly imports: ReadonlyMap<string, { readonly path: string; readonly name: string }>;
};

export type Parser = (path: string) => ParsedFile;

/** Parses each file once. */
export function createParser(): Parser {
  const known = new Map<string, ParsedFile>();
  return (path) => {
    const parsed = known.get(path) ?? parse(path);
    known.set(path, parsed);
    return parsed;
  };
}

function parse(path: string): ParsedFile {
  const tree = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true);
  const declarations = new Map<string, ts.Node>();
  const imports = new Map<string, { path: string; name: string }>();
  for (const statement of tree.statements) {
    if (ts.isVariableStatement(statement)) {
      for (const declaration of statement.declarationList.declarations) {
        if (ts.isIdentifier(declaration.name)) declarations.set(declaration.name.text, declaration);
      }
    } else if (ts.isFunctionDeclaration(statement) && statement.name) {
      declarations.set(statement.name.text, statement);
    } else if (ts.isImportDeclaration(statement)) {
      noteImports(path, statement, imports);
    }
  }
  return { path, tree, declarations, imports };
}

function noteImports(
  path: string,
  statement: ts.ImportDeclaration,
  imports: Map<string, { path: string; name: string }>,
): void {
  const from = (statement.moduleSpecifier as ts.StringLiteral).text;
  const named = statement.importClause?.namedBindings;
  if (!from.startsWith('.') || !named || !ts.isNamedImports(named)) return;
  for (const { name, propertyName } of named.elements) {
    const imported = (propertyName ?? name).text;
    imports.set(name.text, { path: join(dirname(path), from), name: imported });
  }
}

/** Every node beneath, itself included, depth first. */
export function* walk(node: ts.Node): Generator<ts.Node, void, undefined> {
  yield node;
  for (const child of node.getChildren()) yield* walk(child);
}

/** The text of a string literal, or of the constant that a name stands for. */
export function textOf(parser: Parser, file: ParsedFile, node: ts.Node): string | null {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (!ts.isIdentifier(node)) return null;
  const found = resolve(parser, file, node.text);
  const value = found && ts.isVariableDeclaration(found.node) ? found.node.initializer : undefined;
  return value && ts.isStringLiteralLike(value) ? value.text : null;
}

/** The declaration that a name of a file stands for, in that file or the one it is imported from. */
export function resolve(
  parser: Parser,
  file: ParsedFile,
  name: string,
): { readonly file: ParsedFile; readonly node: ts.Node } | null {
  const own = file.declarations.get(name);
  if (own) return { file, node: own };
  const imported = file.imports.get(name);
  return imported ? resolve(parser, parser(imported.path), imported.name) : null;
}
