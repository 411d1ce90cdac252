import { EntitySchema } from 'typeorm';
import type { Guest } from './guest.ts';

/** For plain reads; rows are written by the SQL of the use cases. */
export const guestEntity = new EntitySchema<Guest>({
  name: 'guest',
  columns: {
    id: { type: 'uuid', primary: true },
    name: { type: 'text' },
    email: { type: 'text' },
    locale: { type: 'text' },
    phone: { type: 'text', nullable: true },
    preferences: { type: 'jsonb' },
    registeredAt: { name: 'registered_at', type: 'timestamptz' },
    updatedAt: { name: 'updated_at', type: 'timestamptz' },
    erasedAt: { name: 'erased_at', type: 'timestamptz', nullable: true },
  },
});
