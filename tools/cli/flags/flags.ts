import {
  decide,
  flagCatalogue,
  flagSettings,
  isFlagName,
  parseRule,
  ruleOfNobody,
  type FlagName,
  type FlagRule,
} from '@marquee/flags';
import { connectOperator, type Operator } from '@marquee/messaging';
import type { Call, Command } from '../command.ts';
import { exitCodes, UsageError } from '../errors.ts';
import { organisationOf, runningNats } from '../sources.ts';
import { formatTable } from '../table.ts';

async function withOperator<T>(work: (operator: Operator) => Promise<T>): Promise<T> {
  const operator = await connectOperator(runningNats());
  try {
    return await work(operator);
  } finally {
    await operator.close();
  }
}

/** The live rule of a flag; undefined where none is set. */
async function ruleOf(operator: Operator, flag: FlagName): Promise<FlagRule | undefined> {
  const text = (await operator.settings(flagSettings)).get(flag);
  return text === undefined ? undefined : parseRule(flag, JSON.parse(text));
}

function flagNamed(name: string | undefined): FlagName {
  if (name !== undefined && isFlagName(name)) return name;
  throw new UsageError(
    `There is no flag ${name ?? ''}; there are: ${Object.keys(flagCatalogue).join(', ')}.`,
  );
}

/** `on`, `off` or a share such as `25%`. */
function percentOf(text: string | undefined): number {
  if (text === 'on') return 100;
  if (text === 'off') return 0;
  const percent = /^(\d{1,3}(?:\.\d+)?)%$/.exec(text ?? '')?.[1];
  if (percent === undefined || Number(percent) > 100)
    throw new UsageError(`A flag is set to on, off or a share such as 25%, not "${text ?? ''}".`);
  return Number(percent);
}

/** The rule with the share, or with what is so for one organisation. */
function changed(rule: FlagRule, value: string | undefined, organisationId: string | undefined): FlagRule {
  const percent = percentOf(value);
  if (organisationId === undefined) return { ...rule, percent };
  if (percent > 0 && percent < 100)
    throw new UsageError('A flag is on or off for one organisation, never for a part of it.');
  return { ...rule, organisations: { ...rule.organisations, [organisationId]: percent === 100 } };
}

async function list(call: Call): Promise<void> {
  const organisationId = organisationOf(call);
  const rows = await withOperator(async (operator) =>
    Promise.all(
      Object.keys(flagCatalogue)
        .filter(isFlagName)
        .map(async (flag) => ({ flag, rule: await ruleOf(operator, flag), about: flagCatalogue[flag] })),
    ),
  );
  const told = rows.map((row) => ({
    ...row,
    ...(organisationId !== undefined && decide(row.flag, row.rule, organisationId)),
  }));
  if (call.flag('json')) return call.io.out(told.map((row) => `${JSON.stringify(row)}\n`).join(''));
  const table = told.map(({ flag, rule, value, about }) => [
    flag,
    rule ? `${rule.percent}%` : 'not set',
    Object.entries(rule?.organisations ?? {})
      .map(([id, on]) => `${id} ${on ? 'on' : 'off'}`)
      .join(', ') || null,
    ...(value === undefined ? [] : [value ? 'on' : 'off']),
    about,
  ]);
  const headings = [
    'flag',
    'on for',
    'organisations',
    ...(organisationId === undefined ? [] : ['for it']),
    'what it switches',
  ];
  await call.io.out(formatTable(headings, table));
}

async function set(call: Call, [name, value]: readonly string[]): Promise<void> {
  const flag = flagNamed(name);
  const rule = await withOperator(async (operator) => {
    const next = changed((await ruleOf(operator, flag)) ?? ruleOfNobody, value, organisationOf(call));
    await operator.setSetting(flagSettings, flag, JSON.stringify(next));
    return next;
  });
  await call.io.out(`${JSON.stringify({ flag, rule })}\n`);
}

async function unset(call: Call, [name]: readonly string[]): Promise<void> {
  const flag = flagNamed(name);
  const organisationId = organisationOf(call);
  const rule = await withOperator(async (operator) => {
    const kept = organisationId === undefined ? undefined : await ruleOf(operator, flag);
    const { [organisationId ?? '']: _, ...organisations } = kept?.organisations ?? {};
    const next = kept && { ...kept, organisations };
    await operator.setSetting(flagSettings, flag, next ? JSON.stringify(next) : null);
    return next ?? null;
  });
  await call.io.out(`${JSON.stringify({ flag, rule })}\n`);
}

export const flags: Command = {
  name: 'flags',
  isTopLevel: true,
  summary: 'Shows and changes what is switched on and off in the running platform',
  forms: [
    'list [--organisation UUID]',
    'set FLAG on|off|SHARE% [--organisation UUID]',
    'unset FLAG [--organisation UUID]',
  ],
  notes: `Every process takes a change within a second, without a restart, and keeps it while NATS is away. A flag that is not
set here is as the file of flags of each service says (MARQUEE_FLAGS_FILE), and else on. Writes to the NATS of the running
platform, or to NATS_URL.`,
  options: { organisation: { value: 'UUID', help: 'for this organisation alone' } },
  examples: [
    'flags list',
    'flags set response-cache off',
    'flags set rate-limits 25%',
    'flags unset response-cache',
  ],
  run: async (call) => {
    const [action, ...words] = call.words;
    if (action === 'list') await list(call);
    else if (action === 'set') await set(call, words);
    else if (action === 'unset') await unset(call, words);
    else throw new UsageError('Say list, set or unset.\nSee: marquee flags --help');
    return exitCodes.done;
  },
};
