import { expect } from '@jest/globals';
import { checkInvariants, openForCheck } from '../invariants/check.ts';
import type { TestPlatform } from './platform.ts';

/** Every invariant of the domain holds in every service's database. */
export async function expectInvariants({ running }: TestPlatform): Promise<void> {
  const checked = await Promise.all(
    Object.entries(running.databases).map(async ([service, { appUrl }]) => ({
      service,
      database: await openForCheck(appUrl),
    })),
  );
  try {
    const { invariants } = await checkInvariants(checked);
    expect(invariants.flatMap(({ checks }) => checks.filter(({ violations }) => violations > 0))).toEqual([]);
  } finally {
    await Promise.all(checked.map(({ database }) => database.close()));
  }
}
