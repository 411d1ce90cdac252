import { auditCommands } from './audit/verify.ts';
import { commands } from './commands/index.ts';
import { helpOf, parseCall, type Command, type Io } from './command.ts';
import { flags } from './flags/flags.ts';
import { pluginCommands } from './plugins/index.ts';
import { webhookCommands } from './webhooks/index.ts';
import { exitCodes, explain, UsageError } from './errors.ts';

/** The text of `marquee --help`. */
export function overview(): string {
  const list = commands.map(lineOf);
  return `marquee events COMMAND [options]

Looks into the event logs of the running platform, or of any database with --database URL, and works on them.

${list.join('\n')}

marquee COMMAND [options]

For integrators, through the graph:

${webhookCommands.map(lineOf).join('\n')}

For operators, through NATS:

${lineOf(flags)}

marquee audit COMMAND [options]

For who audits an organisation, without the platform:

${auditCommands.map(lineOf).join('\n')}

marquee plugin COMMAND [options]

For who writes plugins:

${pluginCommands.map(lineOf).join('\n')}

Each has its own --help, and --json for scripts. Exit codes: 0 done, 1 failed, 2 a fault of the command line.
`;
}

const areas: ReadonlyMap<string, readonly Command[]> = new Map([
  ['events', commands],
  ['audit', auditCommands],
  ['plugin', pluginCommands],
]);

const lineOf = ({ name, summary }: Command) => `  ${name.padEnd(13)} ${summary}`;

/** The whole command line. Answers the exit code; what goes wrong is said on stderr. */
export async function runMarquee(args: readonly string[], io: Io): Promise<number> {
  try {
    return await dispatch(args, io);
  } catch (error) {
    const { text, exitCode } = explain(error);
    io.err(`${text}\n`);
    return exitCode;
  }
}

async function dispatch(args: readonly string[], io: Io): Promise<number> {
  // Sagas are no events: they have the short way too.
  const [area, name, ...rest] = args[0] === 'sagas' ? ['events', ...args] : args;
  if (area === undefined || isHelp(area)) {
    await io.out(overview());
    return area === undefined ? exitCodes.usage : exitCodes.done;
  }
  const topLevel = [...webhookCommands, flags].find((each) => each.name === area);
  if (topLevel) return runCommand(topLevel, args.slice(1), io);
  const known = areas.get(area);
  if (!known)
    throw new UsageError(
      `There is "events", "audit", "plugin" and the commands for integrators and operators, not "${area}".

${overview()}`,
    );
  if (name === undefined || isHelp(name)) {
    await io.out(overview());
    return name === undefined ? exitCodes.usage : exitCodes.done;
  }
  const command = known.find((each) => each.name === name);
  if (!command) throw new UsageError(`There is no command "${name}".\n\n${overview()}`);
  return runCommand(command, rest, io);
}

async function runCommand(command: Command, args: readonly string[], io: Io): Promise<number> {
  const call = parseCall(command, args, io);
  if (call.flag('help')) {
    await io.out(helpOf(command));
    return exitCodes.done;
  }
  return command.run(call);
}

function isHelp(word: string): boolean {
  return word === '--help' || word === '-h' || word === 'help';
}
