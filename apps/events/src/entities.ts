import { eventEntity } from './events/event.entity.ts';
import { seriesEntity } from './series/series.entity.ts';

export const entities = [eventEntity, seriesEntity];
