import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { stringify } from 'yaml';
import { root } from '../charts/helm.ts';
import { writeOrCheck } from '../charts/write-or-check.ts';
import { grafanaDashboard } from './dashboards.ts';
import { readSlo } from './read-slo.ts';
import { makeRuleTests } from './rule-tests.ts';
import { makeRules } from './rules.ts';
import { makeRunbooks } from './runbooks.ts';

const usage = `node tools/slo/main.ts [--check]

Makes of tools/slo/*.yaml: the rules and dashboards that the chart brings (helm/platform/generated), the rules' tests
(tools/slo/generated) and the runbooks (docs/sre/runbooks).

  --check   writes nothing; exits 1 where a file is not what it would be
`;

const banner = '# Made from tools/slo/slo.yaml by `npm run generate`. Do not edit.\n';
const yaml = (value: object) => banner + stringify(value, { lineWidth: 0, aliasDuplicateObjects: false });

async function generated(): Promise<Map<string, string>> {
  const slo = readSlo();
  const files = new Map<string, string>();
  for (const [name, rules] of Object.entries(makeRules(slo)))
    files.set(`helm/platform/generated/rules/${name}.yaml`, yaml(rules));
  for (const [name, tests] of Object.entries(makeRuleTests(slo, '../../../helm/platform/generated/rules')))
    files.set(`tools/slo/generated/${name}.test.yaml`, yaml(tests));
  for (const dashboard of slo.dashboards) {
    const text = `${JSON.stringify(grafanaDashboard(dashboard), null, 2)}\n`;
    files.set(`helm/platform/generated/dashboards/${dashboard.name}.json`, text);
  }
  for (const [name, text] of makeRunbooks(slo)) {
    const path = `docs/sre/runbooks/${name}`;
    const config = await resolveConfig(join(root, path));
    files.set(path, await format(text, { ...config, parser: 'markdown' }));
  }
  return files;
}

process.exitCode = await writeOrCheck(usage, generated);
