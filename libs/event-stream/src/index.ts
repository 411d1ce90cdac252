export type { Frame, Resume } from './client/frames.ts';
export type { StreamPosition } from './client/position.ts';
export { createEventStream, type EventStream, type EventStreamOptions, type Permission } from './server.ts';
