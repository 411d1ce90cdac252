import { createHash } from 'node:crypto';
import { stripTypeScriptTypes } from 'node:module';

/**
 * Blanks out types as Node does when it runs our sources, so that every line and column stays where it is. Jest would
 * do without; the instrumentation for coverage, which reads JavaScript only, would not.
 */
export default {
  process: (source) => ({ code: stripTypeScriptTypes(source) }),
  getCacheKey: (source, path, { instrument }) =>
    createHash('sha256').update(`${process.version} ${instrument} ${path}\n${source}`).digest('hex'),
};
