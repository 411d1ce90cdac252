import { commands } from './commands/index.ts';
import { helpOf, parseCall, type Io } from './command.ts';
import { exitCodes, explain, UsageError } from './errors.ts';

/** The text of `marquee --help`. */
export function overview(): string {
  const list = commands.map(({ name, summary }) => `  ${name.padEnd(13)} ${summary}`);
  return `marquee events COMMAND [options]

Looks into the event logs of the running platform, or of any database with --database URL, and works on them.

${list.join('\n')}

Each has its own --help, and --json for scripts. Exit codes: 0 done, 1 failed, 2 a fault of the command line.
`;
}

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
  if (area !== 'events') throw new UsageError(`There is only "events", not "${area}".\n\n${overview()}`);
  if (name === undefined || isHelp(name)) {
    await io.out(overview());
    return name === undefined ? exitCodes.usage : exitCodes.done;
  }
  const command = commands.find((each) => each.name === name);
  if (!command) throw new UsageError(`There is no command "${name}".\n\n${overview()}`);
  const call = parseCall(command, rest, io);
  if (call.flag('help')) {
    await io.out(helpOf(command));
    return exitCodes.done;
  }
  return command.run(call);
}

function isHelp(word: string): boolean {
  return word === '--help' || word === '-h' || word === 'help';
}
