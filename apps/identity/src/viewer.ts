import { decodeId } from '@marquee/kernel';
import type { Viewer } from '@marquee/subgraph';

/** The account (bare uuid) of a viewer; null for a program or a service. */
export function accountIdOf({ subject }: Pick<Viewer, 'subject'>): string | null {
  return decodeId('Account', subject);
}
