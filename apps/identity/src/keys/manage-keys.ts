import { randomBytes } from 'node:crypto';
import { appendEvents, streamId } from '@marquee/event-log';
import {
  accept,
  newUuid,
  notFound,
  type IdempotencyConflict,
  type InvalidInput,
  type NotFound,
  type Outcome,
  type Unavailable,
} from '@marquee/kernel';
import type { Transaction } from '@marquee/postgres';
import { makeApiKey } from '@marquee/subgraph';
import { decide, type Command } from '../command.ts';
import { beyond } from '../members/membership.ts';
import { ownEvents } from '../members/own-events.ts';
import { beyondOwnScopes, type BeyondOwnScopes } from '../refusals.ts';
import { insertApiKey, insertSecret, lockApiKey, markRevoked, phaseOutSecrets } from './api-key-rows.ts';
import type { ApiKey } from './api-key.ts';

export type KeyRequest = Pick<ApiKey, 'name' | 'scopes' | 'networks' | 'eventIds' | 'expiresAt'>;

/** `secret` is null where an idempotency key came again: it is shown once, and stored nowhere. */
export type KeyMade = { readonly keyId: string; readonly secret: string | null };

async function addSecret(tx: Transaction, { secrets }: Command, keyId: string): Promise<string> {
  const key = makeApiKey(randomBytes);
  await insertSecret(tx, keyId, key, secrets);
  return key;
}

type KeyRefusal = BeyondOwnScopes | InvalidInput | Unavailable;

/** A key of the viewer's organisation, which may do no more than the viewer and acts where the viewer may. */
export async function createApiKey(
  command: Command,
  request: KeyRequest,
): Promise<Outcome<KeyMade, KeyRefusal | IdempotencyConflict>> {
  const { viewer } = command;
  const events = await ownEvents(command, viewer.eventIds ?? request.eventIds, viewer.eventIds);
  let secret: string | null = null;
  const outcome = await decide<{ readonly keyId: string }, KeyRefusal>(
    command,
    'createApiKey',
    request,
    async (tx) => {
      const excess = beyond(request.scopes, viewer.scopes);
      if (excess.length > 0) return beyondOwnScopes(excess);
      if (!events.ok) return events;
      const keyId = newUuid();
      const rights = { role: viewer.role, eventIds: events.value };
      await insertApiKey(tx, { ...request, ...rights, id: keyId }, viewer.subject);
      secret = await addSecret(tx, command, keyId);
      await appendEvents(tx, {
        streamId: streamId('api-key', keyId),
        expectedVersion: 'none',
        events: [
          {
            type: 'identity.api-key-created.v1',
            data: {
              apiKeyId: keyId,
              scopes: [...request.scopes],
              expiresAt: request.expiresAt?.toISOString() ?? null,
            },
          },
        ],
      });
      return accept({ keyId });
    },
  );
  return outcome.ok ? accept({ ...outcome.value, secret }) : outcome;
}

/** A new secret beside the old one, which works `overlapHours` more: time to change it where it is used. */
export async function rotateApiKey(
  command: Command,
  request: { readonly keyId: string; readonly overlapHours: number },
): Promise<Outcome<KeyMade, NotFound | IdempotencyConflict>> {
  let secret: string | null = null;
  const outcome = await decide<{ readonly keyId: string }, NotFound>(
    command,
    'rotateApiKey',
    request,
    async (tx) => {
      const { keyId, overlapHours } = request;
      if (!(await lockApiKey(tx, keyId))) return notFound('The key');
      const until = new Date(command.clock.now().getTime() + overlapHours * 3_600_000);
      await phaseOutSecrets(tx, keyId, until);
      secret = await addSecret(tx, command, keyId);
      await appendEvents(tx, {
        streamId: streamId('api-key', keyId),
        events: [
          {
            type: 'identity.api-key-rotated.v1',
            data: { apiKeyId: keyId, oldSecretUntil: until.toISOString() },
          },
        ],
      });
      return accept({ keyId });
    },
  );
  return outcome.ok ? accept({ ...outcome.value, secret }) : outcome;
}

/** Ends a key and all its secrets. Gateways stop taking it within a second. */
export async function revokeApiKey(
  command: Command,
  keyId: string,
): Promise<Outcome<{ readonly keyId: string }, NotFound | IdempotencyConflict>> {
  return decide<{ readonly keyId: string }, NotFound>(command, 'revokeApiKey', { keyId }, async (tx) => {
    if (!(await lockApiKey(tx, keyId))) return notFound('The key');
    await markRevoked(tx, keyId);
    await appendEvents(tx, {
      streamId: streamId('api-key', keyId),
      events: [{ type: 'identity.api-key-revoked.v1', data: { apiKeyId: keyId } }],
    });
    return accept({ keyId });
  });
}
