import { hash } from 'node:crypto';
import { encodeId } from '@marquee/kernel';
import type { Database } from '@marquee/postgres';
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

/**
 * The body that is sent for a delivery, always the same: as it was written when the event came, or with what its
 * selection made of it when it was first needed. That is kept for all who asked for the same with the same rights, so
 * that a retry, and a receiver that compares, sees no difference.
 */
export function createPayloads(
  database: Database,
  graph: Graph,
): (request: PayloadRequest) => Promise<string> {
  const underWay = new Map<string, Promise<string>>();
  return async (request) => {
    const { selection, envelope } = request;
    if (selection === null) return limited(envelope);
    const message = JSON.parse(envelope) as Envelope;
    // What a sample names is nowhere in the graph.
    if (message.test) return limited(envelope);
    const digest = hash(
      'sha256',
      JSON.stringify([selection, request.role, [...request.scopes].sort()]),
      'buffer',
    );
    const key = `${request.eventId} ${digest.toString('base64')}`;
    const known = underWay.get(key);
    if (known) return known;
    const rendering = render(database, graph, { ...request, selection, message, digest });
    underWay.set(key, rendering);
    return rendering.finally(() => underWay.delete(key));
  };
}

type Rendering = PayloadRequest & {
  readonly selection: string;
  readonly message: Envelope;
  readonly digest: Buffer;
};

async function render(database: Database, graph: Graph, request: Rendering): Promise<string> {
  const { organisationId, eventId, digest, message } = request;
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
  const subject = encodeId('WebhookEndpoint', request.endpointId);
  const { role, scopes } = request;
  const data = await graph.query(
    { subject, organisationId, role, scopes },
    request.selection,
    variablesOf(message.data),
  );
  const body = limited(JSON.stringify({ ...message, data }));
  const inserted = await database.transaction(scope, (tx) =>
    tx.execute(
      `insert into webhook_payload (organisation_id, event_id, digest, body) values ($1, $2, $3, $4)
       on conflict do nothing`,
      [organisationId, eventId, digest, body],
    ),
  );
  // Another worker was faster: what it rendered is what is sent.
  return inserted > 0 ? body : ((await find()) ?? body);
}

function limited(body: string): string {
  if (Buffer.byteLength(body) <= mostPayloadBytes) return body;
  throw new PayloadError(`The message would be longer than ${mostPayloadBytes / 1024} KiB.`);
}
