import { parseArgs } from 'node:util';
import { organisations } from '../seed/organisations.ts';
import { parseCommandLine as parseTokenRequest, UsageError } from '../token/request.ts';
import type { TokenRequest } from '../token/issuer.ts';

export const usage = `Takes the events of a calendar file into an organisation: any iCalendar file (RFC 5545), as Google, Outlook,
Apple and others export them. What can be read is taken, as drafts; the rest is named with its line and the reason.
Doing it again changes only what is newer in the file: entries are told apart by UID.

  npm run import -- FILE.ics --organisation NAME_OR_ID [options]

  FILE.ics               - reads standard input
  --organisation NAME    ${organisations.map(({ slug }) => slug).join(', ')}, a full name, or any uuid
  --space ID             every event takes place in this space (spc_…)
  --time-zone ZONE       for times that name no zone, or one that nobody knows (default: the calendar's own)
  --url URL              of the graph (default: the one that runs on this home)
  --token TOKEN          instead of --organisation: whose token it is says into which
  --json                 ends with the whole report as one line of JSON
  --help
`;

export type ImportCommand = {
  readonly file: string;
  readonly url: string | undefined;
  readonly spaceId: string | undefined;
  readonly timeZone: string | undefined;
  readonly json: boolean;
  readonly access: { readonly token: string } | { readonly request: TokenRequest };
};

/** Parses the command line; null asks for help. Throws a UsageError that says what is wrong. */
export function parseImportCommand(args: readonly string[]): ImportCommand | null {
  const { values, positionals } = readOptions(args);
  if (values.help) return null;
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0)
    throw new UsageError('Name one calendar file, or - for standard input.');
  if (values.url !== undefined && !URL.canParse(values.url))
    throw new UsageError(`--url ${values.url} is no URL.`);
  return {
    file,
    url: values.url,
    spaceId: values.space,
    timeZone: values['time-zone'],
    json: values.json,
    access: accessOf(values),
  };
}

function accessOf({
  token,
  organisation,
}: {
  token?: string | undefined;
  organisation?: string | undefined;
}) {
  if (token !== undefined && organisation !== undefined) {
    throw new UsageError('--token says for which organisation it is: leave --organisation out.');
  }
  if (token !== undefined) return { token };
  if (organisation === undefined) throw new UsageError('Say into which --organisation, or give a --token.');
  const parsed = parseTokenRequest(['--role', 'organiser', '--organisation', organisation]);
  if (parsed.help) throw new UsageError('--organisation is none.');
  return { request: parsed.request };
}

function readOptions(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        organisation: { type: 'string' },
        space: { type: 'string' },
        'time-zone': { type: 'string' },
        url: { type: 'string' },
        token: { type: 'string' },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}
