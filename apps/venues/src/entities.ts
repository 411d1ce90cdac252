import { spaceEntity } from './spaces/space.entity.ts';
import { venueEntity } from './venues/venue.entity.ts';

export const entities = [venueEntity, spaceEntity];
