import { EntitySchema } from 'typeorm';
import type { Space } from './space.ts';

/** For plain reads; rows are written by the SQL of the use cases. */
export const spaceEntity = new EntitySchema<Space>({
  name: 'space',
  columns: {
    id: { type: 'uuid', primary: true },
    venueId: { name: 'venue_id', type: 'uuid' },
    name: { type: 'text' },
    capacity: { type: 'integer' },
    createdAt: { name: 'created_at', type: 'timestamptz' },
  },
});
