export { arbitraryData, arbitraryEvent } from './arbitrary.ts';
export { fakeClock, type FakeClock } from './clock.ts';
export { testDatabase, type TestDatabase } from './database.ts';
export { temporaryDirectory } from './directory.ts';
export { eventually } from './eventually.ts';
export { testNats } from './nats.ts';
export { scenarios } from './scenario.ts';
export { testServers } from './servers.ts';
