import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ApolloServerErrorCode } from '@apollo/server/errors';
import { expect, test } from '@jest/globals';
import { errorCodes } from '@marquee/subgraph';
import { workspaceRoot } from '../start/config.ts';
import { errorsPage } from './errors-page.ts';

/** Codes of Apollo Server that this graph never sends: its own persisted queries are off. */
const unused = new Set<string>(['PERSISTED_QUERY_NOT_SUPPORTED']);

test("Apollo Server's own codes are in the catalogue", () => {
  const missing = Object.values(ApolloServerErrorCode).filter(
    (code) => !unused.has(code) && !(code in errorCodes),
  );
  expect(missing).toEqual([]);
});

/**
 * `errorAnswer` and `graphError` take codes of the catalogue alone; an error that is put together by hand would pass
 * them by, unless it says `satisfies ErrorCode`.
 */
test('no error is made with a code that the catalogue cannot know', () => {
  const sources = ['apps', 'libs'].flatMap((parent) =>
    globSync(`${parent}/*/src/**/*.ts`, { cwd: workspaceRoot }),
  );
  const strays = sources
    .filter((file) => !/test(-support)?\.ts$/.test(file))
    .filter((file) =>
      /extensions: \{\s*code: '[A-Z_]+'(?! satisfies ErrorCode)/.test(
        readFileSync(join(workspaceRoot, file), 'utf8'),
      ),
    );
  expect(strays).toEqual([]);
});

test('the page names every code and what refusals say beside their message', () => {
  const page = errorsPage();
  for (const code of Object.keys(errorCodes)) expect(page).toContain(`| \`${code}\` |`);
  expect(page).toMatch(/\| `InvalidInput` \| .* \| `field: String!` \| many \|/);
});
