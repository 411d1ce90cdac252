export { noHooks, startHooks, type Hooks } from './hooks.ts';
export { hookMigrations } from './migrations.ts';
