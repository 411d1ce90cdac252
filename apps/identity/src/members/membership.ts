export type Role = 'OWNER' | 'ORGANISER' | 'FINANCE' | 'BOX_OFFICE' | 'SCANNER' | 'GUEST';

/** What somebody may do in an organisation. */
export type Rights = {
  readonly role: Role;
  /** A part of what the role may do; null: all of it. */
  readonly scopes: readonly string[] | null;
  /** Bare uuids of the events to which it is confined; null: every event. */
  readonly eventIds: readonly string[] | null;
};

export type Membership = Rights & {
  readonly id: string;
  readonly organisationId: string;
  readonly accountId: string;
  readonly joinedAt: Date;
};

/** What rights come to: never more than the role, whatever was written down when the role could do more. */
export function scopesWithin(rights: Rights, ofRole: readonly string[]): readonly string[] {
  const { scopes } = rights;
  return scopes === null ? ofRole : ofRole.filter((scope) => scopes.includes(scope));
}

/** Which of these scopes the giver does not have itself. */
export function beyond(wanted: readonly string[], own: readonly string[]): readonly string[] {
  return wanted.filter((scope) => !own.includes(scope));
}

/** An owner answers for all of it: one who is confined, or may do less, would be one in name. */
export function isWholeOwner({ role, scopes, eventIds }: Rights): boolean {
  return role === 'OWNER' && scopes === null && eventIds === null;
}
