import { expect, test } from '@jest/globals';
import { migrate, revertMigrations } from '@marquee/postgres';
import { testDatabase } from '@marquee/testkit';
import { migrations } from './index.ts';

test('the tables of venues can be taken back and made again', async () => {
  const world = await testDatabase({ name: 'venues', migrations });
  try {
    await revertMigrations({ url: world.ownerUrl, migrations, count: 1 });
    expect(await migrate({ url: world.ownerUrl, migrations })).toEqual([
      'VenuesSpacesAndSeatMaps1763700000000',
    ]);
  } finally {
    await world.drop();
  }
});
