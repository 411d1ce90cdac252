import nx from '@nx/eslint-plugin';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';
import { boundaries } from './tools/check/lint/boundaries.mjs';
import { style, typedStyle } from './tools/check/lint/style.mjs';

export default defineConfig(
  globalIgnores(['**/node_modules', '**/generated', 'coverage', '.nx', '.marquee', '.work']),
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  tseslint.configs.recommended,
  { plugins: { '@nx': nx } },
  ...boundaries(),
  ...style,
  typedStyle,
);
