import { parseArgs, type ParseArgsOptionsConfig } from 'node:util';
import { UsageError } from './errors.ts';

/** Where a command writes to, and when it is to stop. */
export type Io = {
  /** Resolves when the reader has taken it, so that a slow one is not outrun. */
  out(text: string): Promise<void>;
  err(text: string): void;
  /** Whether `err` is a terminal: progress is then one line written over and over. */
  readonly isTerminal: boolean;
  /** Fires at Ctrl-C. */
  readonly signal: AbortSignal;
};

export type Option = {
  /** What stands for its value in the help; without it the option is a flag. */
  readonly value?: string;
  readonly short?: string;
  readonly help: string;
  /** May be given several times. */
  readonly many?: boolean;
};

export type Command = {
  readonly name: string;
  /** Whether it is `marquee NAME`, and not `marquee events NAME`. */
  readonly isTopLevel?: boolean;
  /** Of `marquee AREA NAME`, where that is not `events`. */
  readonly area?: 'audit' | 'plugin';
  /** One line, for the list of commands. */
  readonly summary: string;
  /** Its arguments, such as `STREAM TYPE`; one line for each form. */
  readonly forms: readonly string[];
  /** What else there is to know; wrapped as written. */
  readonly notes: string;
  readonly options: Readonly<Record<string, Option>>;
  readonly examples: readonly string[];
  /** Answers the exit code. */
  run(call: Call): Promise<number>;
};

/** One use of a command. */
export type Call = {
  readonly words: readonly string[];
  text(option: string): string | undefined;
  all(option: string): readonly string[];
  flag(option: string): boolean;
  readonly io: Io;
};

/** Every command's. */
const always: Readonly<Record<string, Option>> = {
  json: { help: 'JSON on stdout, a line for each thing' },
  help: { short: 'h', help: 'this text' },
};

/** Of the commands that read or write logs. */
export const sourceOptions: Readonly<Record<string, Option>> = {
  service: { value: 'NAME', many: true, help: 'of this service only; again for several (default: all)' },
  database: { value: 'URL', help: 'this database and not those of the running platform' },
};

/** How it is called, without what follows. */
const callOf = (command: Command) => `${areaOf(command)} ${command.name}`;
const areaOf = ({ area, isTopLevel }: Command) => (isTopLevel ? 'marquee' : `marquee ${area ?? 'events'}`);

/** Throws a UsageError that says what is wrong and where to read on. */
export function parseCall(command: Command, args: readonly string[], io: Io): Call {
  const options = Object.entries({ ...command.options, ...always });
  const config: ParseArgsOptionsConfig = Object.fromEntries(
    options.map(([name, { value, short, many }]) => [
      name,
      { type: value ? 'string' : 'boolean', ...(short && { short }), ...(many && { multiple: true }) },
    ]),
  );
  try {
    const { values, positionals } = parseArgs({ args: [...args], options: config, allowPositionals: true });
    const all = (name: string) => [values[name] ?? []].flat().map(String);
    return {
      words: positionals,
      text: (name) => all(name)[0],
      all,
      flag: (name) => values[name] === true,
      io,
    };
  } catch (error) {
    throw new UsageError(`${(error as Error).message}\nSee: ${callOf(command)} --help`);
  }
}

/** The text of --help, which is also the command's section in docs/backbone/cli.md. */
export function helpOf(command: Command): string {
  const { forms, notes, examples } = command;
  const usage = forms.map((form) => `${callOf(command)} ${form}`.trimEnd());
  const called = `npx ${areaOf(command)}`;
  const options = Object.entries({ ...command.options, ...always }).map(
    ([option, { value, short, help }]) => {
      const flag = `${short ? `-${short}, ` : ''}--${option}${value ? ` ${value}` : ''}`;
      return `  ${flag.padEnd(22)} ${help}`;
    },
  );
  const parts = [
    usage.join('\n'),
    `${command.summary}.`,
    notes,
    options.join('\n'),
    examples.length > 0 ? `Examples:\n${examples.map((line) => `  ${called} ${line}`).join('\n')}` : '',
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

/** A whole number of at least `min`. */
export function parseCount(call: Call, option: string, fallback: number, min = 1): number {
  const given = call.text(option);
  if (given === undefined) return fallback;
  const count = Number(given);
  if (!Number.isSafeInteger(count) || count < min) {
    throw new UsageError(`--${option} must be a whole number of at least ${min}, not "${given}".`);
  }
  return count;
}
