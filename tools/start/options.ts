import { parseArgs } from 'node:util';
import { LaunchError, parsePort } from './config.ts';

export type CommandLine = {
  readonly port?: number;
  readonly host?: string;
  readonly demo: boolean;
  readonly watch: boolean;
  readonly reset: boolean;
  readonly yes: boolean;
  readonly json: boolean;
  readonly help: boolean;
};

export const help = `npm start -- [options]

Starts the whole platform on this machine: PostgreSQL, NATS JetStream, every service and the gateway.
Data, keys and logs live under .marquee/ and survive restarts. Ctrl-C stops everything.

  --port N      of the graph (default 4000, or PORT); 0 takes free ports throughout
  --host NAME   address to listen on (default 127.0.0.1, or HOST)
  --no-demo     no demo organisations
  --watch       restart what changed: services, schemas, migrations, libraries
  --reset       delete all data first, after asking
  --yes         do not ask
  --json        one line of JSON on stdout when ready; progress goes to stderr
  --help

Environment: MARQUEE_HOME (default .marquee), DATABASE_URL and NATS_URL to use servers of your own,
LOG_LEVEL, NATS_NAMESPACE, OTEL_EXPORTER_OTLP_ENDPOINT to export traces.`;

/** Parses the command line. Throws a LaunchError that names what is wrong. */
export function parseCommandLine(args: readonly string[]): CommandLine {
  const values = parse(args);
  const faults: string[] = [];
  const port = parsePort('--port', values.port, faults);
  if (faults.length > 0) throw new LaunchError(faults.join('\n'));
  return {
    ...(port === undefined ? {} : { port }),
    ...(values.host ? { host: values.host } : {}),
    demo: !values['no-demo'],
    watch: values.watch,
    reset: values.reset,
    yes: values.yes,
    json: values.json,
    help: values.help,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        port: { type: 'string' },
        host: { type: 'string' },
        'no-demo': { type: 'boolean', default: false },
        watch: { type: 'boolean', default: false },
        reset: { type: 'boolean', default: false },
        yes: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    throw new LaunchError(`${error instanceof Error ? error.message : String(error)}\n\n${help}`, {
      cause: error,
    });
  }
}
