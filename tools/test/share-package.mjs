import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/** Replaces the entry of a package by one that hands out what Node loaded; see `node-environment.mjs`. */
export default {
  process: (_source, path) => {
    const loaded = require(path);
    const names = Object.keys(loaded).filter((name) => name !== 'default' && /^[A-Za-z_$][\w$]*$/.test(name));
    const isModule = path.endsWith('.mjs') || loaded[Symbol.toStringTag] === 'Module';
    const from = `globalThis[Symbol.for('marquee.require')](${JSON.stringify(path)})`;
    if (!isModule) return { code: `module.exports = ${from};` };
    const code = [
      `const loaded = ${from};`,
      ...names.map((name) => `const $${name} = loaded.${name};\nexport { $${name} as ${name} };`),
      'default' in loaded ? 'export default loaded.default;' : '',
    ].join('\n');
    return { code };
  },
  getCacheKey: (source, path) =>
    createHash('sha256').update(`shared 1 ${process.version} ${path}\n${source}`).digest('hex'),
};
