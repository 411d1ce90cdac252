import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';

const root = join(import.meta.dirname, '../..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const folders = (parent: string): string[] =>
  readdirSync(join(root, parent)).filter((name) => {
    const source = join(root, parent, name, 'src');
    return existsSync(source) && readdirSync(source).length > 0;
  });

describe('the picture of the architecture', () => {
  const picture = /```mermaid\n(.*?)```/s.exec(read('docs/architecture.md'))![1]!;
  /** The names of the boxes in one of its frames: the first line of each label. */
  const boxes = (frame: string): string[] => {
    const inside = new RegExp(`subgraph ${frame}\\[.*?\\]\\n(.*?)\\n  end`, 's').exec(picture)![1]!;
    return [...inside.matchAll(/\["([\w-]+)/g)].map((match) => match[1]!);
  };

  test.each(['apps', 'libs'])('shows every one of the %s, and none that is not there', (parent) => {
    expect(boxes(parent).toSorted()).toEqual(folders(parent).toSorted());
  });
});

describe('the documents', () => {
  const documents = ['README.md', ...globSync('docs/**/*.md', { cwd: root })];

  test.each(documents)('%s links to nothing that is not there', (document) => {
    const links = [...read(document).matchAll(/\]\((?!https?:|#|mailto:)([^)#]+)/g)].map(
      (match) => match[1]!,
    );
    const broken = links.filter((link) => !existsSync(join(root, dirname(document), link)));
    expect(broken).toEqual([]);
  });

  test.each(documents)('%s names only npm scripts that exist', (document) => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const named = [...read(document).matchAll(/npm run (?:--silent )?([a-z:-]+)/g)].map((match) => match[1]!);
    expect(named.filter((name) => !scripts[name])).toEqual([]);
  });
});
