import { expect, test } from '@jest/globals';
import { answersOf, blurLike, readTour, tourScript } from './tour.ts';

const page = [
  '# Page',
  '```bash',
  'A=1',
  '```',
  'then',
  '```bash',
  'echo',
  '```',
  '```json',
  '{ "id": "ven_…" }',
  '```',
  '',
].join('\n');

test('a tour is its bash blocks, each with the answer under it', () => {
  expect(readTour(page)).toEqual([
    { script: 'A=1\n', expected: undefined },
    { script: 'echo\n', expected: { id: 'ven_…' } },
  ]);
  expect(tourScript(readTour(page))).toMatch(/^A=1\n.*\necho\n/s);
});

test('the answer of a step is the last JSON line it printed', () => {
  const output = 'noise\n<<<end of step>>>\n{"id":"a"}\n{"id":"ven_1"}\n\n<<<end of step>>>\n';
  expect(answersOf(output, readTour(page))).toEqual([undefined, { id: 'ven_1' }]);
  expect(answersOf('', readTour(page))).toEqual([undefined, null]);
});

test('what a page leaves open may differ, and nothing else', () => {
  const expected = { list: [{ id: 'ven_…', name: 'A' }] };
  expect(blurLike({ list: [{ id: 'ven_9', name: 'A' }] }, expected)).toEqual(expected);
  expect(blurLike({ list: [{ id: 'spc_9', name: 'B' }] }, expected)).toEqual({
    list: [{ id: 'spc_9', name: 'B' }],
  });
  expect(blurLike({ list: [], more: 1 }, expected)).toEqual({ list: [], more: 1 });
});
