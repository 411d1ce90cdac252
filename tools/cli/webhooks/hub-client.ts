import { createClient, type TypedDocument } from '@marquee/client';
import { createGraphClient } from '../../client/graph-client.ts';
import type { Call, Option } from '../command.ts';
import { CliError, UsageError } from '../errors.ts';
import { webhookDefaults } from './config.ts';

/** Of every command that asks the graph. */
export const hubOptions: Readonly<Record<string, Option>> = {
  url: { value: 'URL', help: 'of the platform (default: $MARQUEE_URL, else http://127.0.0.1:4000)' },
  token: { value: 'TOKEN', help: 'an API key with hub:manage, or an access token (default: $MARQUEE_TOKEN)' },
};

export type Hub = {
  /** The one root field of an operation. Throws a CliError where it is refused. */
  ask<T>(document: string, variables: Variables): Promise<T>;
  /** What a subscription shows, now and with each change; ends or throws where the platform goes away. */
  watch(source: string, variables: Variables, signal: AbortSignal): AsyncGenerator<unknown>;
};

type Variables = Readonly<Record<string, unknown>>;

/** Works on the graph that the options name. */
export async function withHub<T>(call: Call, work: (hub: Hub) => Promise<T>): Promise<T> {
  const defaults = webhookDefaults();
  const token = call.text('token') ?? defaults.token;
  if (!token)
    throw new UsageError('Give an API key or a token: --token, or MARQUEE_TOKEN in the environment.');
  const url = call.text('url') ?? defaults.url;
  if (!URL.canParse(url)) throw new UsageError(`--url must be a URL, not "${url}".`);
  const graph = new URL('/graphql', url).href;
  const name = 'marquee webhooks';
  const client = createGraphClient({ url: graph, token, client: name, connections: 2 });
  const live = createClient({ url: graph, token, client: { name, version: '' } });
  const ask = async <A>(document: string, variables: Readonly<Record<string, unknown>>): Promise<A> => {
    const { data, errors } = await client.send<Record<string, unknown>>(document, variables).catch(() => {
      throw new CliError(`The platform at ${url} does not answer. Is it running?`);
    });
    const answer = Object.values(data ?? {})[0] as { readonly message?: string } | null | undefined;
    const [error] = errors;
    if (error) throw new CliError(error.message);
    if (!answer) throw new CliError('There is no such endpoint.');
    if (answer.message !== undefined) throw new CliError(answer.message);
    return answer as A;
  };
  try {
    const watch = (source: string, variables: Variables, signal: AbortSignal) => {
      const document = { name: '', kind: 'subscription', id: 'sha256:', source } as const;
      return live.subscribe(document as TypedDocument<unknown, Variables>, variables, { signal });
    };
    return await work({ ask, watch });
  } finally {
    await client.close();
  }
}
