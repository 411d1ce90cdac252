import { hash } from 'node:crypto';
import { encodeId } from '@marquee/kernel';
import type { Database, Transaction } from '@marquee/postgres';
import type { Role } from '@marquee/subgraph';
import type { Envelope } from '../catalogue/envelope.ts';
import type { Graph } from './graph.ts';
import { variablesOf } from './variables.ts';

export type PayloadRequest = {
  readonly organisationId: string;
  readonly endpointId: string;
  readonly eventId: string;
  /** As JSON. */
  readonly envelope: string;
  readonly selection: string | null;
  /** Whose subscription it is: the plugin may make another message of it. */
  readonly pluginId: string | null;
  readonly role: Role;
  readonly scopes: readonly string[];
};

/** Longer messages are not sent: most receivers refuse them, and no event needs it. */
export const mostPayloadBytes = 256 * 1024;

/** No later attempt will have a payload either. */
export class PayloadError extends Error {
  override readonly name = 'PayloadError';
  readonly code = 'PAYLOAD';
}

/** What a plugin makes of a message; null where it leaves it as it is. Throws where it must, and cannot. */
export type Transform = (
  of: { readonly organisationId: string; readonly pluginId: string },
  message: Envelope,
) => Promise<string | null>;

/**
 * The body that is sent for a delivery, always the same: as it was written when the event came, or with what its
 * selection or its plugin made of it when it was first needed. That is kept for all who asked for the same with the
 * same rights, so that a retry, and a receiver that compares, sees no difference.
 */
export function createPayloads(
  database: Database,
  graph: Graph,
  transform: Transform,
): (request: PayloadRequest) => Promise<string> {
  const underWay = new Map<string, Promise<string>>();
  return async (request) => {
    const { selection, envelope, pluginId } = request;
    if (selection === null && pluginId === null) return limited(envelope);
    const message = JSON.parse(envelope) as Envelope;
    // What a sample names is nowhere in the graph.
    if (message.test && pluginId === null) return limited(envelope);
    const digest = digestOf(pluginId ?? [selection, request.role, [...request.scopes].sort()]);
    const key = `${request.eventId} ${digest.toString('base64')}`;
    const known = underWay.get(key);
    if (known) return known;
    const make = async () =>
      pluginId === null
        ? JSON.stringify({ ...message, data: await select(graph, request, message) })
        : ((await transform({ organisationId: request.organisationId, pluginId }, message)) ?? envelope);
    const rendering = render(database, { ...request, digest, make });
    underWay.set(key, rendering);
    return rendering.finally(() => underWay.delete(key));
  };
}

function select(graph: Graph, request: PayloadRequest, message: Envelope): Promise<unknown> {
  const { role, scopes, organisationId } = request;
  const subject = encodeId('WebhookEndpoint', request.endpointId);
  return graph.query(
    { subject, organisationId, role, scopes },
    request.selection!,
    variablesOf(message.data),
  );
}

const digestOf = (made: unknown) => hash('sha256', JSON.stringify(made), 'buffer');

const insertSql = `
  insert into webhook_payload (organisation_id, event_id, digest, body) values ($1, $2, $3, $4) on conflict do nothing`;

/** What a plugin's endpoint is sent of an event, said beforehand: nobody is asked to make it. */
export async function freezePayload(
  tx: Transaction,
  { eventId, pluginId, body }: { readonly eventId: string; readonly pluginId: string; readonly body: string },
): Promise<void> {
  await tx.execute(insertSql, [tx.organisationId, eventId, digestOf(pluginId), body]);
}

type Rendering = PayloadRequest & { readonly digest: Buffer; readonly make: () => Promise<string> };

/** As it was made before, or else as it is made now and from now on. */
async function render(database: Database, { make, ...request }: Rendering): Promise<string> {
  const { organisationId, eventId, digest } = request;
  const scope = { organisationId };
  const find = async () => {
    const rows = await database.read(scope, (tx) =>
      tx.rows<{ body: string }>('select body from webhook_payload where event_id = $1 and digest = $2', [
        eventId,
        digest,
      ]),
    );
    return rows[0]?.body;
  };
  const kept = await find();
  if (kept !== undefined) return kept;
  const body = limited(await make());
  const inserted = await database.transaction(scope, (tx) =>
    tx.execute(insertSql, [organisationId, eventId, digest, body]),
  );
  // Another worker was faster: what it rendered is what is sent.
  return inserted > 0 ? body : ((await find()) ?? body);
}

function limited(body: string): string {
  if (Buffer.byteLength(body) <= mostPayloadBytes) return body;
  throw new PayloadError(`The message would be longer than ${mostPayloadBytes / 1024} KiB.`);
}
