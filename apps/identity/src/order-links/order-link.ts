/**
 * A link by which somebody who bought without an account comes to the order. What is mailed is signed and kept nowhere;
 * the row says whether it still holds.
 */
export type OrderLink = {
  readonly id: string;
  readonly organisationId: string;
  readonly orderId: string;
  readonly orderNumber: string;
  readonly guestId: string;
  readonly revokedAt: Date | null;
};

/** Sales open about half a year before; who comes later asks for another link. */
export const orderLinkDays = 180;

/** News that come later are of orders long ago, read again: nobody is to be mailed about those. */
export const newsHours = 24;

/** Where links are exchanged, and the platform's own page of an order. */
export const orderLinkPath = '/sign-in/order-link';
