import type { Viewer } from '@marquee/subgraph';

/** A verified token answers the same viewer each time, so this is made once for many requests. */
const known = new WeakMap<Viewer, string>();

/**
 * Who sees the same of what is public: viewers of one organisation with the same rights. All that is not the person's
 * own counts, also what a viewer may have one day that nobody here has heard of.
 */
export function audienceOf(viewer: Viewer): string {
  const made = known.get(viewer);
  if (made !== undefined) return made;
  const { subject: _subject, email: _email, name: _name, ...rights } = viewer;
  const audience = JSON.stringify(rights);
  known.set(viewer, audience);
  return audience;
}
