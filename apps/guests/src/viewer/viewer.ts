import { encodeId, isUuid } from '@marquee/kernel';

/** Who sends the request, as the token says. */
export type ViewerAccount = {
  /** The wire id. */
  readonly id: string;
  readonly role: 'OWNER' | 'ORGANISER' | 'BOX_OFFICE' | 'SCANNER' | 'GUEST';
  readonly scopes: readonly string[];
  /** Bare UUID. */
  readonly organisationId: string;
  readonly email: string | null;
};

/**
 * The viewer's id: its account's UUID as a wire id. A subject that is no UUID (a development token's, another
 * service's) is written as it is, so that two subjects never share an id.
 */
export function viewerId(subject: string): string {
  return isUuid(subject) ? encodeId('Viewer', subject) : `vwr_${encodeURIComponent(subject)}`;
}
