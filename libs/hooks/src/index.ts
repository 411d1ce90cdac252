export { noHooks, startHooks, type Hooks, type PluginName, type Said } from './hooks.ts';
export { askColumns, type ReportCell } from './report-columns.ts';
export { hookMigrations } from './migrations.ts';
