import { createUpcasting, type Upcaster } from './upcasting.ts';

/** Every step from an old version of an event to the next. None yet: no event has a second version. */
export const upcasters: readonly Upcaster[] = [];

/** The catalogue's own: what every read of a log applies. */
export const upcasting = createUpcasting(upcasters);
