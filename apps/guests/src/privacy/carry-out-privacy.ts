import type { KeyObject } from 'node:crypto';
import { privacyQuestionsOf, type ErasureReport } from '@marquee/contracts';
import { appendEvents, streamId } from '@marquee/event-log';
import { accept } from '@marquee/kernel';
import { findErasure, type Messaging } from '@marquee/messaging';
import type { Database, Transaction } from '@marquee/postgres';
import { carryOut, type CarriedOut } from '@marquee/sagas';
import { signCertificate } from './certificate.ts';
import { collectGuest } from './collect-guest.ts';
import type { PrivacyKind, PrivacyRequest } from './privacy-request.ts';
import { answersTo, completeRequest, forgetArchive, keepAnswer, requestsById } from './privacy-rows.ts';
import { privacySaga } from './privacy-saga.ts';

/** The news of the erasure has not reached the service yet; it does, and is asked again. */
export class NotErasedYetError extends Error {
  override readonly name = 'NotErasedYetError';
}

export type PrivacyServices = {
  readonly database: Database;
  readonly messaging: Pick<Messaging, 'ask'>;
  /** Signs certificates; without it there are none. */
  readonly key: KeyObject | null;
};

/** Does what the sagas of privacy requests ask for. */
export function carryOutPrivacy(services: PrivacyServices): CarriedOut {
  const { database } = services;
  return carryOut(privacySaga, {
    ask: {
      // A day's worth of tries: a service may be away for hours. Then people have to look.
      attempts: 1_000,
      backoff: { firstMs: 100, maxMs: 90_000 },
      run: async ({ service, kind, guestId }, { organisationId, key: requestId }) => {
        const scope = { organisationId };
        const data =
          service === 'guests'
            ? await database.read(scope, (tx) => answerOwn(tx, kind, guestId))
            : await askOther(services, service, kind, { organisationId, guestId });
        if (data === null) throw new NotErasedYetError(`${service} has not erased ${guestId} yet`);
        await database.transaction(scope, (tx) => keepAnswer(tx, requestId, service, data));
        return accept({ service });
      },
    },
    complete: {
      within: async (tx, { kind, guestId }, { key: requestId }) => {
        const [request] = await requestsById(tx, [requestId]);
        if (request && !request.completedAt) await complete(tx, services.key, request);
        await appendEvents(tx, {
          streamId: streamId('guest', guestId),
          events: [{ type: 'guests.privacy-completed.v1', data: { requestId, guestId, kind } }],
        });
        return accept(null);
      },
    },
    forget: {
      within: async (tx, _, { key: requestId }) => {
        await forgetArchive(tx, requestId);
        return accept(null);
      },
    },
  });
}

function answerOwn(tx: Transaction, kind: PrivacyKind, guestId: string): Promise<unknown> {
  return kind === 'ERASURE' ? findErasure(tx, guestId) : collectGuest(tx, guestId);
}

async function askOther(
  { messaging }: PrivacyServices,
  service: string,
  kind: PrivacyKind,
  { organisationId, guestId }: { readonly organisationId: string; readonly guestId: string },
): Promise<unknown> {
  const { erasure, personal } = privacyQuestionsOf(service);
  const options = { organisationId, timeoutMs: 5_000 };
  if (kind === 'ERASURE') return (await messaging.ask(erasure, { guestId }, options)).report;
  return (await messaging.ask(personal, { guestId }, options)).data;
}

async function complete(tx: Transaction, key: KeyObject | null, request: PrivacyRequest): Promise<void> {
  const { id: requestId, guestId, requestedBy, requestedAt } = request;
  const facts = {
    organisationId: tx.organisationId!,
    requestId,
    guestId,
    requestedBy,
    requestedAt: requestedAt.toISOString(),
  };
  if (request.kind === 'EXPORT') {
    const services = await answersTo<unknown>(tx, requestId);
    const archive = JSON.stringify({ ...facts, madeAt: new Date().toISOString(), services });
    return completeRequest(tx, requestId, { archive, certificate: null });
  }
  const services = await answersTo<ErasureReport>(tx, requestId);
  const certified = { ...facts, certifiedAt: new Date().toISOString(), services };
  const certificate = key && (await signCertificate(certified, key));
  await completeRequest(tx, requestId, { archive: null, certificate });
}
