// Lints texts as if they stood at the given paths, with the workspace's own configuration: [{ path, text }] on stdin,
// [{ path, messages: [{ rule, message }] }] on stdout. A process of its own, because Nx keeps one graph per process.
import { text } from 'node:stream/consumers';
import { ESLint } from 'eslint';
import tseslint from 'typescript-eslint';

const eslint = new ESLint({
  // The texts are in no TypeScript project, so the rules that need types are left out.
  overrideConfig: [tseslint.configs.disableTypeChecked],
});

const results = [];
for (const sample of JSON.parse(await text(process.stdin))) {
  const [result] = await eslint.lintText(sample.text, { filePath: sample.path });
  const messages = (result?.messages ?? []).map(({ ruleId, message }) => ({ rule: ruleId, message }));
  results.push({ path: sample.path, messages });
}
process.stdout.write(JSON.stringify(results));
