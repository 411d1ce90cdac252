export * from './assert.ts';
export * from './clock.ts';
export * from './ids.ts';
export * from './keyring.ts';
export * from './money.ts';
export * from './outcome.ts';
