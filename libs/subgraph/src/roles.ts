/** What a member of an organisation is. One viewer has one role in one organisation. */
export type Role = 'OWNER' | 'ORGANISER' | 'FINANCE' | 'BOX_OFFICE' | 'SCANNER' | 'GUEST';

export const roles: readonly Role[] = ['OWNER', 'ORGANISER', 'FINANCE', 'BOX_OFFICE', 'SCANNER', 'GUEST'];

const organiserScopes = [
  'catalogue:read',
  'venues:manage',
  'events:manage',
  'tickets:manage',
  'analytics:read',
  'hub:manage',
  'guests:manage',
  'guests:read',
  'orders:refund',
  'tickets:sell',
  'tickets:scan',
  'tickets:hold',
  'members:read',
];

/** What each role may do. Schemas name scopes, never roles, so that a key or a member may later hold fewer. */
const scopesByRole: Readonly<Record<Role, readonly string[]>> = {
  OWNER: [...organiserScopes, 'members:manage', 'organisation:manage', 'keys:manage', 'audit:read'],
  ORGANISER: organiserScopes,
  FINANCE: ['catalogue:read', 'orders:refund', 'guests:read', 'analytics:read'],
  BOX_OFFICE: [
    'catalogue:read',
    'tickets:hold',
    'tickets:sell',
    'tickets:scan',
    'orders:refund',
    'guests:read',
    'analytics:read',
  ],
  SCANNER: ['catalogue:read', 'tickets:scan'],
  GUEST: ['catalogue:read', 'tickets:hold'],
};

/** The scopes of a role, such as `events:manage`. */
export function scopesOf(role: Role): readonly string[] {
  return scopesByRole[role];
}

/** What a signed link to an order lets its bearer do: look around as a guest may, and act on that order. */
export const orderLinkScopes: readonly string[] = ['catalogue:read', 'orders:own'];

/** The role that a claim or an option names, or null where it names none. Takes `box-office` for `BOX_OFFICE`. */
export function parseRole(value: string): Role | null {
  const normalised = value.toUpperCase().replaceAll('-', '_');
  return roles.find((role) => role === normalised) ?? null;
}

/** What can be done at one event and nowhere else. Venues, guests, members and keys are an organisation's as a whole. */
const atEvents = new Set([
  'catalogue:read',
  'events:manage',
  'tickets:manage',
  'tickets:sell',
  'tickets:scan',
  'tickets:hold',
  'orders:refund',
]);

/** Of these scopes, what is left to a member that is confined to events. */
export function scopesAtEvents(scopes: readonly string[]): readonly string[] {
  return scopes.filter((scope) => atEvents.has(scope));
}
