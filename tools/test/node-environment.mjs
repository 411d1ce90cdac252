import { createRequire } from 'node:module';
import { TestEnvironment } from 'jest-environment-node';

const require = createRequire(import.meta.url);

const errors = [
  'Error',
  'AggregateError',
  'EvalError',
  'RangeError',
  'ReferenceError',
  'SyntaxError',
  'TypeError',
  'URIError',
];
/** What packages test with `instanceof`. Of arrays, objects and promises they know without. */
const shared = [...errors, 'Date', 'Map', 'Set', 'WeakMap', 'WeakSet'];

/**
 * Jest evaluates every module anew for each file of tests, third-party packages too: with ours that took two to three
 * seconds a file. They are loaded once a worker instead, by Node itself (see `share-package.mjs`), which is another
 * realm: its classes are put in the place of those of the test's own.
 */
export default class NodeEnvironment extends TestEnvironment {
  constructor(config, context) {
    super(config, context);
    const { global } = this;
    // What the engine itself throws in here stays of the realm's own classes, and becomes a kind of the shared ones.
    for (const name of errors) Object.setPrototypeOf(global[name].prototype, globalThis[name].prototype);
    for (const name of shared) global[name] = globalThis[name];
    Object.defineProperty(global, Symbol.for('marquee.require'), { value: require });
  }
}
