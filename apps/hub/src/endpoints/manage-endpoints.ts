import { appendEvents, streamId } from '@marquee/event-log';
import type { NewEvent } from '@marquee/contracts';
import {
  accept,
  newUuid,
  notFound,
  refuse,
  type IdempotencyConflict,
  type NotFound,
  type Outcome,
} from '@marquee/kernel';
import type { Transaction } from '@marquee/postgres';
import { decide, type Command } from '../command.ts';
import {
  countEndpoints,
  insertEndpoint,
  lockEndpoint,
  markDeleted,
  setStatus,
  updateEndpoint,
} from './endpoint-rows.ts';
import { mostEndpoints, type EndpointSettings, type TooManyWebhookEndpoints } from './endpoint.ts';

type Made = { readonly endpointId: string; readonly secret: string };

export async function appendAbout(tx: Transaction, endpointId: string, event: NewEvent): Promise<void> {
  await appendEvents(tx, { streamId: streamId('webhook-endpoint', endpointId), events: [event] });
}

/** An endpoint of the viewer's organisation; its payloads are rendered with what the viewer may read. */
export async function createEndpoint(
  command: Command,
  settings: EndpointSettings & { readonly paused: boolean },
): Promise<Outcome<Made, TooManyWebhookEndpoints | IdempotencyConflict>> {
  const { secrets, viewer } = command;
  const fresh = newUuid();
  const { publicKey, drafts } = await secrets.draft(viewer.organisationId, fresh);
  const outcome = await decide<{ readonly endpointId: string }, TooManyWebhookEndpoints>(
    command,
    'createWebhookEndpoint',
    settings,
    async (tx) => {
      if ((await countEndpoints(tx)) >= mostEndpoints) {
        const message = `An organisation has at most ${mostEndpoints} webhook endpoints. Delete one first.`;
        return refuse({ kind: 'TooManyWebhookEndpoints', message });
      }
      await insertEndpoint(tx, { ...settings, id: fresh, publicKey }, viewer);
      if (settings.paused) await setStatus(tx, fresh, 'PAUSED');
      await secrets.insert(tx, fresh, drafts);
      const data = { endpointId: fresh, eventTypes: [...settings.eventTypes] };
      await appendAbout(tx, fresh, { type: 'hub.endpoint-created.v1', data });
      return accept({ endpointId: fresh });
    },
  );
  return outcome.ok ? accept(await reveal(command, outcome.value.endpointId)) : outcome;
}

/** Shown to whoever made it, and to them again where their answer was lost and the idempotency key came once more. */
async function reveal({ database, viewer, secrets }: Command, endpointId: string): Promise<Made> {
  const secret = await database.read(viewer, (tx) => secrets.reveal(tx, endpointId));
  return { endpointId, secret };
}

type Changed = { readonly endpointId: string };

/** A change of an endpoint that is there, with its event. */
async function change(
  command: Command,
  endpointId: string,
  operation: string,
  request: unknown,
  work: (tx: Transaction) => Promise<NewEvent | null>,
): Promise<Outcome<Changed, NotFound | IdempotencyConflict>> {
  return decide<Changed, NotFound>(command, operation, request, async (tx) => {
    if (!(await lockEndpoint(tx, endpointId))) return notFound('The webhook endpoint');
    const event = await work(tx);
    if (event) await appendAbout(tx, endpointId, event);
    return accept({ endpointId });
  });
}

/** Without an idempotency key a change cannot meet another request under the same one. */
function unkeyed(outcome: Outcome<Changed, NotFound | IdempotencyConflict>): Outcome<Changed, NotFound> {
  return outcome as Outcome<Changed, NotFound>;
}

export async function changeSettings(command: Command, endpointId: string, settings: EndpointSettings) {
  const data = { endpointId, eventTypes: [...settings.eventTypes] };
  return unkeyed(
    await change(command, endpointId, 'updateWebhookEndpoint', settings, async (tx) => {
      await updateEndpoint(tx, endpointId, settings, command.viewer);
      return { type: 'hub.endpoint-updated.v1', data };
    }),
  );
}

export async function pauseEndpoint(command: Command, endpointId: string) {
  return unkeyed(
    await change(command, endpointId, 'pauseWebhookEndpoint', {}, async (tx) => {
      await setStatus(tx, endpointId, 'PAUSED');
      return { type: 'hub.endpoint-paused.v1', data: { endpointId } };
    }),
  );
}

/** What was kept is due at once, oldest first; its attempts so far still count. */
export async function resumeEndpoint(command: Command, endpointId: string) {
  return unkeyed(
    await change(command, endpointId, 'resumeWebhookEndpoint', {}, async (tx) => {
      await setStatus(tx, endpointId, 'ACTIVE');
      await tx.execute(
        `update webhook_delivery set next_attempt_at = now()
          where endpoint_id = $1 and status = 'PENDING' and claim is null and next_attempt_at > now()`,
        [endpointId],
      );
      return { type: 'hub.endpoint-resumed.v1', data: { endpointId } };
    }),
  );
}

export async function deleteEndpoint(command: Command, endpointId: string) {
  return unkeyed(
    await change(command, endpointId, 'deleteWebhookEndpoint', {}, async (tx) => {
      await markDeleted(tx, endpointId);
      return { type: 'hub.endpoint-deleted.v1', data: { endpointId } };
    }),
  );
}

export async function rotateSecret(
  command: Command,
  request: { readonly endpointId: string; readonly overlapHours: number },
): Promise<Outcome<Made, NotFound | IdempotencyConflict>> {
  const { endpointId, overlapHours } = request;
  const { secrets, viewer } = command;
  const drafts = await secrets.draftSecret(viewer.organisationId, endpointId);
  const outcome = await change(command, endpointId, 'rotateWebhookSecret', request, async (tx) => {
    await secrets.phaseOut(tx, endpointId, overlapHours);
    await secrets.insert(tx, endpointId, drafts);
    return { type: 'hub.endpoint-secret-rotated.v1', data: { endpointId } };
  });
  return outcome.ok ? accept(await reveal(command, endpointId)) : outcome;
}
