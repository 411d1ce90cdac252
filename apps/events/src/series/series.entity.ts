import { EntitySchema } from 'typeorm';
import type { EventSeries } from './series.ts';

/** For plain reads; rows are written by the SQL of the use cases. */
export const seriesEntity = new EntitySchema<EventSeries>({
  name: 'event_series',
  columns: {
    id: { type: 'uuid', primary: true },
    title: { type: 'text' },
    description: { type: 'text' },
    createdAt: { name: 'created_at', type: 'timestamptz' },
  },
});
