import { expect, test } from '@jest/globals';
import { migrate, revertMigrations } from '@marquee/postgres';
import { testDatabase } from '@marquee/testkit';
import { migrations } from './index.ts';

test('the tables of venues can be taken back and made again', async () => {
  const world = await testDatabase({ name: 'venues', migrations });
  try {
    await revertMigrations({ url: world.ownerUrl, migrations });
    expect(await migrate({ url: world.ownerUrl, migrations })).toHaveLength(migrations.length);
  } finally {
    await world.drop();
  }
});
