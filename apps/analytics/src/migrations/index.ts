import { eventLogMigrations } from '@marquee/event-log';
import { hookMigrations } from '@marquee/hooks';
import { messagingMigrations } from '@marquee/messaging';
import { platformMigrations } from '@marquee/postgres';
import { SalesProjection1763700000000 } from './1763700000000-sales-projection.ts';

export const migrations = [
  ...platformMigrations,
  ...eventLogMigrations,
  ...messagingMigrations,
  SalesProjection1763700000000,
  ...hookMigrations,
];
