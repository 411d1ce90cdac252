import { createHmac, randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { parseCount, type Call, type Command } from '../command.ts';
import { exitCodes, UsageError } from '../errors.ts';
import { hubOptions, withHub, type Hub } from './hub-client.ts';

type Message = { readonly id: string; readonly eventType: string; readonly message: string };
type Listener = { readonly endpoint: { readonly id: string }; readonly secret: string };

const pageSize = 50;
/** Between two looks where the platform cannot tell: server-sent events do not come through every proxy. */
const pollMs = 1_000;
const forwardTimeoutMs = 15_000;

/**
 * An endpoint that is paused from its first moment is sent nothing and kept everything: what is kept is fetched through
 * the graph, signed with its secret and handed on. So nothing on this machine need be reachable from outside. A subscription
 * tells when there is something; while it is broken nothing is lost, since everything is kept.
 */
export const listen: Command = {
  name: 'listen',
  isTopLevel: true,
  summary: 'Hands the events of a running platform on to a program on this machine, signed as webhooks',
  forms: ['--forward URL'],
  notes: `Needs no public address. Events from now on, until Ctrl-C; each is sent once, and its answer shown. The secret
that is printed verifies them; it is gone when this ends.`,
  options: {
    forward: { value: 'URL', help: 'where to send them, such as http://localhost:3000/hooks' },
    events: { value: 'PATTERN', many: true, help: 'types or patterns such as tickets.* (default: *)' },
    count: { value: 'N', help: 'end after so many' },
    ...hubOptions,
  },
  examples: ['listen --forward http://localhost:3000/hooks --events "tickets.*"'],
  run: (call) => withHub(call, (hub) => run(call, hub)),
};

async function run(call: Call, hub: Hub): Promise<number> {
  const forward = call.text('forward');
  if (!forward || !URL.canParse(forward))
    throw new UsageError('--forward must be a URL: where to send the events.');
  const most = call.text('count') === undefined ? Infinity : parseCount(call, 'count', 1);
  const patterns = call.all('events');
  const listener = await hub.ask<Listener>(create, {
    input: {
      url: `https://${randomUUID()}.listener.invalid/`,
      eventTypes: patterns.length > 0 ? patterns : ['*'],
      paused: true,
    },
  });
  const { id } = listener.endpoint;
  const print = (line: object, text: string) =>
    call.io.out(call.flag('json') ? `${JSON.stringify(line)}\n` : `${text}\n`);
  try {
    await print(
      { endpoint: id, secret: listener.secret },
      `Listening as ${id}, signing with ${listener.secret}`,
    );
    const seen = new Set<string>();
    for await (const _ of occasions(hub, id, call.io.signal)) {
      for (const message of (await unseen(hub, id, seen)).slice(0, most - seen.size)) {
        seen.add(message.id);
        const { status, ms } = await handOn(forward, listener.secret, message);
        const line = { delivery: message.id, type: message.eventType, status, ms };
        await print(line, `${message.eventType}  ${message.id}  ${status ?? 'no answer'}  ${ms} ms`);
      }
      if (seen.size >= most) break;
    }
  } finally {
    await hub.ask(remove, { id });
  }
  return exitCodes.done;
}

/** Each time when there may be something new: whenever the platform tells so, and every second while it does not. */
async function* occasions(hub: Hub, id: string, signal: AbortSignal): AsyncGenerator<void> {
  while (!signal.aborted) {
    try {
      for await (const _ of hub.watch(changed, { id }, signal)) yield;
    } catch {
      // Whatever broke it: it begins again, and its first answer is the present.
    }
    yield;
    await delay(pollMs, undefined, { signal }).catch(() => undefined);
  }
}

/** What is new, the oldest first. */
async function unseen(hub: Hub, id: string, seen: ReadonlySet<string>): Promise<Message[]> {
  const found: Message[] = [];
  let after: string | null = null;
  for (;;) {
    const page: Page = await hub.ask<Page>(kept, { id, first: pageSize, after });
    const { edges, pageInfo } = page.deliveries;
    const fresh = edges.map(({ node }) => node).filter((node) => !seen.has(node.id));
    found.push(...fresh);
    if (fresh.length < edges.length || !pageInfo.hasNextPage) return found.toReversed();
    after = pageInfo.endCursor;
  }
}

type Page = {
  readonly deliveries: {
    readonly edges: readonly { readonly node: Message }[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
  };
};

async function handOn(url: string, secret: string, { id, message }: Message) {
  const timestamp = String(Math.floor(Date.now() / 1000));
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${message}`).digest('base64');
  const startedMs = performance.now();
  const status = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/cloudevents+json; charset=utf-8',
      'webhook-id': id,
      'webhook-timestamp': timestamp,
      'webhook-signature': `v1,${signature}`,
    },
    body: message,
    redirect: 'manual',
    signal: AbortSignal.timeout(forwardTimeoutMs),
  }).then(
    (response) => response.status,
    () => null,
  );
  return { status, ms: Math.round(performance.now() - startedMs) };
}

const create = `mutation Listen($input: CreateWebhookEndpointInput!) {
  createWebhookEndpoint(input: $input) {
    ... on WebhookEndpointCreated { endpoint { id } secret }
    ... on Refusal { message }
  }
}`;
const kept = `query Kept($id: ID!, $first: Int!, $after: String) {
  webhookEndpoint(id: $id) {
    deliveries(first: $first, after: $after) {
      edges { node { id eventType message } } pageInfo { hasNextPage endCursor }
    }
  }
}`;
/** The newest delivery says whether there is a new one. */
const changed = `subscription Listening($id: ID!) {
  webhookEndpointChanged(endpointId: $id) { id deliveries(first: 1) { edges { node { id } } } }
}`;
const remove = `mutation StopListening($id: ID!) {
  deleteWebhookEndpoint(id: $id) { ... on WebhookEndpointDeleted { id } ... on Refusal { message } }
}`;
