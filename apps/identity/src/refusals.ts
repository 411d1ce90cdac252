import { refuse } from '@marquee/kernel';

/** Without an owner nobody could let anybody in again. */
export type LastOwner = { readonly kind: 'LastOwner'; readonly message: string };
export const lastOwner = () =>
  refuse({ kind: 'LastOwner', message: 'An organisation needs an owner: make somebody else one first.' });

export type AlreadyMember = { readonly kind: 'AlreadyMember'; readonly message: string };
export const alreadyMember = () =>
  refuse({ kind: 'AlreadyMember', message: 'This person is a member of the organisation already.' });

/** The invitation was accepted, revoked or is too old, or is another person's: which, a stranger is not told. */
export type InvitationInvalid = { readonly kind: 'InvitationInvalid'; readonly message: string };
export const invitationInvalid = () =>
  refuse({
    kind: 'InvitationInvalid',
    message: 'This invitation cannot be accepted: it was used, revoked, expired, or is for another address.',
  });

/** Nobody gives what it does not have. */
export type BeyondOwnScopes = { readonly kind: 'BeyondOwnScopes'; readonly message: string };
export const beyondOwnScopes = (scopes: readonly string[]) =>
  refuse({ kind: 'BeyondOwnScopes', message: `You cannot give what you may not do: ${scopes.join(', ')}.` });
