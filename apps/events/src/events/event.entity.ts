import { EntitySchema } from 'typeorm';
import type { Event } from './event.ts';

/** For plain reads; rows are written by the SQL of the use cases. */
export const eventEntity = new EntitySchema<Event>({
  name: 'event',
  columns: {
    id: { type: 'uuid', primary: true },
    seriesId: { name: 'series_id', type: 'uuid', nullable: true },
    title: { type: 'text' },
    description: { type: 'text' },
    status: { type: 'text' },
    spaceId: { name: 'space_id', type: 'uuid', nullable: true },
    timeZone: { name: 'time_zone', type: 'text' },
    startsAtLocal: { name: 'starts_at_local', type: 'text' },
    durationMinutes: { name: 'duration_minutes', type: 'integer' },
    allDay: { name: 'all_day', type: 'boolean' },
    rule: { name: 'rrule', type: 'text', nullable: true },
    rdates: { type: 'jsonb' },
    exdates: { type: 'jsonb' },
    overrides: { type: 'jsonb' },
    materialisedUntil: { name: 'materialised_until', type: 'timestamptz', nullable: true },
    publishedAt: { name: 'published_at', type: 'timestamptz', nullable: true },
    createdAt: { name: 'created_at', type: 'timestamptz' },
    updatedAt: { name: 'updated_at', type: 'timestamptz' },
  },
});
