import { platformMigrations } from '@marquee/postgres';

/** The hub keeps nothing of its own in this release. */
export const migrations = [...platformMigrations];
