/** A seat, with the label that people find it by. */
export type SeatRef = { readonly id: string; readonly label: string };
