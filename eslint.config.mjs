import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import nx from '@nx/eslint-plugin';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';
import { boundaries } from './tools/check/lint/boundaries.mjs';
import { style, typedStyle } from './tools/check/lint/style.mjs';

const root = dirname(fileURLToPath(import.meta.url));

export default defineConfig(
  globalIgnores(['**/node_modules', '**/generated', 'coverage', '.nx', '.marquee', '.work']),
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  tseslint.configs.recommended,
  { plugins: { '@nx': nx } },
  ...boundaries(root),
  ...style,
  typedStyle,
);
