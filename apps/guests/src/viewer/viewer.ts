import { decodeId, encodeId, isUuid } from '@marquee/kernel';

/** Who sends the request, as the token says. */
export type ViewerAccount = {
  /** The wire id. */
  readonly id: string;
  readonly role: 'OWNER' | 'ORGANISER' | 'FINANCE' | 'BOX_OFFICE' | 'SCANNER' | 'GUEST';
  readonly scopes: readonly string[];
  /** Bare UUID. */
  readonly organisationId: string;
  readonly email: string | null;
};

/**
 * The viewer's id: its account's UUID under the viewer's prefix. A subject that names no account (another service's)
 * is written as it is, so that two subjects never share an id.
 */
export function viewerId(subject: string): string {
  const account = isUuid(subject) ? subject : decodeId('Account', subject);
  return account === null ? `vwr_${encodeURIComponent(subject)}` : encodeId('Viewer', account);
}
