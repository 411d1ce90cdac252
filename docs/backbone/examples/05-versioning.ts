// Versioning: events are read for ever, so a changed event is a new version, and a pure step makes the old into it.
import { catalogueSchemas, createUpcasting, findBreaks, type Upcaster } from '@marquee/contracts';

// Version 1 had one name; version 2 has two; version 3 also says where. In libs/contracts these are `defineUpcaster`s,
// whose types the compiler checks against the catalogue; these versions are of an event that is in no catalogue.
const steps: Upcaster[] = [
  {
    from: 'guests.guest-met.v1',
    to: 'guests.guest-met.v2',
    upcast: (data) => {
      const [first, ...others] = (data as { name: string }).name.split(' ');
      return { first, last: others.join(' ') };
    },
  },
  {
    from: 'guests.guest-met.v2',
    to: 'guests.guest-met.v3',
    upcast: (data) => ({ ...(data as object), city: null }),
  },
];
const upcasting = createUpcasting(steps);

const stored = { type: 'guests.guest-met.v1', data: { name: 'Ada King Lovelace' } };
const read = upcasting.upcast(stored);
console.log(read.type, JSON.stringify(read.data));
console.log(
  `asking for v3 also looks for ${upcasting.storedTypes('guests.guest-met.v3').slice(1).toSorted().join(' and ')}`,
);

// What may change within a version is checked: `npm run check` compares the catalogue with the committed schemas.
const before = catalogueSchemas();
const type = 'venues.venue-created.v1';
const venue = before.$defs[type] as unknown as { properties: object; required: string[] };
const changed = (fields: object) => ({
  ...before,
  $defs: { ...before.$defs, [type]: { ...venue, ...fields } },
});
const properties = { ...venue.properties, website: { type: 'string' } };
// Optional: old readers pass over it, and stored events need not have it.
console.log(`an optional field breaks ${findBreaks(before, changed({ properties })).length} promises`);
const required = [...venue.required, 'website'];
for (const { reason } of findBreaks(before, changed({ properties, required })))
  console.log(`a required one: ${reason}`);

// Prints:
//   guests.guest-met.v3 {"first":"Ada","last":"King Lovelace","city":null}
//   asking for v3 also looks for guests.guest-met.v1 and guests.guest-met.v2
//   an optional field breaks 0 promises
//   a required one: a new field is required: stored events may not fit
