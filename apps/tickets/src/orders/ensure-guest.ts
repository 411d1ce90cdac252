import { accept, type InvalidInput, type Outcome, type Unavailable } from '@marquee/kernel';
import type { Viewer } from '@marquee/subgraph';
import { answering } from '../occurrences/fresh.ts';
import { keepGuests } from '../occurrences/replicas.ts';
import type { Services } from '../services.ts';

/** The id of the guest with this address: from the replica, else from guests, who makes one where there is none. */
export async function ensureGuest(
  { database, owners }: Services,
  viewer: Viewer,
  guest: { readonly email: string; readonly name: string },
): Promise<Outcome<string, InvalidInput | Unavailable>> {
  const known = await database.read(viewer, async (tx) => {
    const [row] = await tx.rows<{ id: string }>(
      'select id from guest where lower(email) = lower($1) limit 1',
      [guest.email],
    );
    return row?.id;
  });
  if (known) return accept(known);
  const ensured = await answering(() => owners.ensureGuest(viewer, guest));
  if (!ensured.ok) return ensured;
  await database.transaction(viewer, (tx) => keepGuests(tx, [{ id: ensured.value, ...guest }], 'answer'));
  return ensured;
}
