import type { PageKey } from '@marquee/postgres';
import type { Loader, Viewer } from '@marquee/subgraph';
import type { Command } from './command.ts';
import type { Event } from './events/event.ts';
import { createEventLoader, createEventsOfSeriesLoader } from './events/find-events.ts';
import {
  createOccurrenceLoader,
  createOccurrencesOfEventLoader,
  type Visibility,
} from './occurrences/find-occurrences.ts';
import type { Occurrence } from './occurrences/occurrence.ts';
import { createSeriesLoader } from './series/load-series.ts';
import type { EventSeries } from './series/series.ts';

/** What a resolver may see. Loaders answer only what the viewer may read. */
export type Context = Command & {
  readonly visibility: Visibility;
  readonly loaders: {
    readonly event: Loader<string, Event | null>;
    readonly eventsOfSeries: Loader<PageKey, readonly Event[]>;
    readonly occurrence: Loader<string, Occurrence | null>;
    readonly occurrencesOfEvent: Loader<PageKey, readonly Occurrence[]>;
    readonly series: Loader<string, EventSeries | null>;
  };
};

export function createContext(services: Omit<Command, 'viewer'>, viewer: Viewer): Context {
  const { database } = services;
  const visibility = { publishedOnly: viewer.role === 'GUEST' };
  return {
    ...services,
    viewer,
    visibility,
    loaders: {
      event: createEventLoader(database, viewer, visibility),
      eventsOfSeries: createEventsOfSeriesLoader(database, viewer, visibility),
      occurrence: createOccurrenceLoader(database, viewer, visibility),
      occurrencesOfEvent: createOccurrencesOfEventLoader(database, viewer),
      series: createSeriesLoader(database, viewer),
    },
  };
}
