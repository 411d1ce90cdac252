import { newUuid } from '@marquee/kernel';
import { systemScope } from '@marquee/postgres';
import type { NatsConnection } from 'nats';
import { rewindCheckpoint } from './checkpoint.ts';
import type { Context } from './context.ts';
import { describe } from './faults.ts';
import { onNewConnection } from './link.ts';
import { parsePosition } from './topology.ts';
import type { MessagingHealth, Subscription } from './types.ts';

/** What an operator can ask of a process. */
export type ControlRequest =
  | { readonly ask: 'status' }
  | { readonly ask: 'retry-dead-letter'; readonly subscription: string; readonly messageId: string }
  | { readonly ask: 'rewind'; readonly subscription: string; readonly source: string; readonly to: string };

/** One process of a service, as it tells of itself. */
export type ProcessStatus = MessagingHealth & {
  readonly service: string;
  /** Of this process, while it lives. */
  readonly instance: string;
  /** Names of the subscriptions whose handlers may be given any event again. */
  readonly replayable: readonly string[];
};

export type ControlAnswer =
  { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly message: string };

export type Controlled = {
  health(): MessagingHealth;
  find(subscription: string): Subscription | undefined;
  replayable(): readonly string[];
};

/**
 * Answers operators' tools over core NATS: what only the process with the handlers can do, done there. Whoever may
 * talk to this NATS may ask, as whoever may talk to it may publish.
 */
export function serveControl(context: Omit<Context, 'session'>, controlled: Controlled): void {
  const { link, topology, service } = context;
  const instance = newUuid();
  const answer = async (request: ControlRequest): Promise<unknown> => {
    switch (request.ask) {
      case 'status': {
        const status: ProcessStatus = {
          ...controlled.health(),
          service,
          instance,
          replayable: controlled.replayable(),
        };
        return status;
      }
      case 'retry-dead-letter':
        return need(controlled, request.subscription).retryDeadLetter(request.messageId);
      case 'rewind':
        return rewind(context, controlled, request);
      default:
        throw new Error(`nothing is known of "${String((request as { ask?: unknown }).ask)}"`);
    }
  };
  const subject = topology.control(service);
  onNewConnection(link, (connection) => {
    listen(connection, subject, answer);
    listen(connection, `${subject}.${instance}`, answer);
  });
}

function listen(
  connection: NatsConnection,
  subject: string,
  answer: (request: ControlRequest) => Promise<unknown>,
): void {
  const reply = async (json: string): Promise<ControlAnswer> => {
    try {
      return { ok: true, value: await answer(JSON.parse(json) as ControlRequest) };
    } catch (error) {
      return { ok: false, message: describe(error) };
    }
  };
  connection.subscribe(subject, {
    callback: (error, message) => {
      if (error) return;
      reply(message.string())
        .then((body) => message.respond(JSON.stringify(body)))
        .catch(() => undefined); // The connection was closed meanwhile: who asked hears that nobody answers.
    },
  });
}

async function rewind(
  { database }: Pick<Context, 'database'>,
  controlled: Controlled,
  { subscription, source, to }: Extract<ControlRequest, { ask: 'rewind' }>,
): Promise<boolean> {
  need(controlled, subscription);
  if (!controlled.replayable().includes(subscription)) {
    throw new Error(`the handlers of ${subscription} are not declared replayable`);
  }
  const position = parsePosition(to);
  if (!position) throw new Error(`not a log position: ${to}`);
  return database.transaction(systemScope, (tx) => rewindCheckpoint(tx, { subscription, source }, position));
}

function need(controlled: Controlled, name: string): Subscription {
  const subscription = controlled.find(name);
  if (!subscription) throw new Error(`there is no subscription ${name} here`);
  return subscription;
}
