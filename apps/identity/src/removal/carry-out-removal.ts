import { createHash, type KeyObject } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { removalQuestionsOf } from '@marquee/contracts';
import { appendEvents, streamId } from '@marquee/event-log';
import { accept } from '@marquee/kernel';
import type { Messaging } from '@marquee/messaging';
import { asTenant, systemScope, type Transaction } from '@marquee/postgres';
import { carryOut, type CarriedOut } from '@marquee/sagas';
import { accountsById } from '../accounts/account-rows.ts';
import type { Services } from '../command.ts';
import { linkTo } from '../links.ts';
import { post } from '../mail/mail.ts';
import { noteRevocationOfAll } from '../sessions/revocations.ts';
import { archiveParts, archivePath } from './archive.ts';
import { signRemoval } from './certificate.ts';
import type { Holder, Removal } from './removal.ts';
import {
  insertPart,
  lastPart,
  lockRemovalUnderWay,
  moveRemoval,
  noteArchive,
  noteCertificate,
  noteForgotten,
  noteReport,
  removalById,
} from './removal-rows.ts';
import { removalSaga } from './removal-saga.ts';

/** The service erases at once when it hears of it, but much takes a while. It is asked again. */
export class NotRemovedYetError extends Error {
  override readonly name = 'NotRemovedYetError';
}

export type RemovalServices = Pick<Services, 'database' | 'secrets' | 'publicUrl' | 'clock'> & {
  readonly messaging: Pick<Messaging, 'ask'>;
  /** Signs certificates; without it there are none. */
  readonly key: KeyObject | null;
};

/** So that a command is over within seconds, however much there is to copy. */
const pagesAtOnce = 20;
const asking = { timeoutMs: 10_000 };
/** A day's worth of tries: a service may be away for hours. Then people have to look. */
const patiently = { attempts: 1_000, backoff: { firstMs: 100, maxMs: 90_000 }, timeoutMs: 300_000 };
type Of = { readonly organisationId: string; readonly key: string };

/** Does what the sagas of removals ask for. */
export function carryOutRemovals(services: RemovalServices): CarriedOut {
  const { database, messaging } = services;
  return carryOut(removalSaga, {
    copy: { ...patiently, run: async ({ service }, of) => accept(await copySome(services, service, of)) },
    offer: {
      ...patiently,
      run: async ({ graceMs }, of) => {
        await offerArchive(services, graceMs, of);
        return accept(null);
      },
    },
    erase: {
      within: async (tx, _, { key: removalId, organisationId }) => {
        const removal = await lockRemovalUnderWay(tx);
        // Thought better of in the last moment.
        if (removal?.id !== removalId) return accept({ erasing: false });
        await moveRemoval(tx, removalId, 'WAITING', 'ERASING');
        await noteRevocationOfAll(tx);
        await appendEvents(tx, {
          streamId: streamId('organisation', organisationId),
          events: [{ type: 'identity.organisation-removed.v1', data: { removalId } }],
        });
        return accept({ erasing: true });
      },
    },
    ask: {
      ...patiently,
      run: async ({ service }, { organisationId, key: removalId }) => {
        const question = removalQuestionsOf(service).erasure;
        const { report } = await messaging.ask(question, { removalId }, { organisationId, ...asking });
        if (!report) throw new NotRemovedYetError(`${service} has not erased ${organisationId} yet`);
        await database.transaction({ organisationId }, (tx) => noteReport(tx, removalId, service, report));
        return accept({ service });
      },
    },
    forget: {
      ...patiently,
      run: async ({ service }, { organisationId, key: removalId }) => {
        const question = removalQuestionsOf(service).forgetting;
        const { forgottenAt } = await messaging.ask(question, { removalId }, { organisationId, ...asking });
        if (!forgottenAt) throw new NotRemovedYetError(`the stream of ${service} has ${organisationId} yet`);
        await database.transaction({ organisationId }, (tx) =>
          noteForgotten(tx, removalId, service, forgottenAt),
        );
        return accept({ service });
      },
    },
    certify: {
      ...patiently,
      run: async (_, of) => {
        await certify(services, of);
        return accept(null);
      },
    },
  });
}

/** Goes on with the copy of a service where it stands: whoever died left whole parts. */
async function copySome(
  { database, messaging }: RemovalServices,
  service: Holder,
  { organisationId, key: removalId }: Of,
): Promise<{ readonly service: Holder; readonly done: boolean }> {
  const question = removalQuestionsOf(service).copy;
  let last = await database.read({ organisationId }, (tx) => lastPart(tx, removalId, service));
  for (let pages = 0; pages < pagesAtOnce; pages++) {
    if (last?.next === null) return { service, done: true };
    const page = await messaging.ask(question, { after: last?.next ?? null }, { organisationId, ...asking });
    const lines = page.rows.map((row) => `{"service":"${service}","table":"${page.table}","row":${row}}\n`);
    const part = { service, part: (last?.part ?? 0) + 1, next: page.next };
    const content = lines.length > 0 ? gzipSync(lines.join('')) : Buffer.alloc(0);
    await database.transaction({ organisationId }, (tx) => insertPart(tx, removalId, { ...part, content }));
    last = part;
  }
  return { service, done: last?.next === null };
}

async function offerArchive(services: RemovalServices, graceMs: number, of: Of): Promise<void> {
  const { database, clock } = services;
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const content of archiveParts(database, of.organisationId, of.key)) {
    hash.update(content);
    bytes += content.length;
  }
  const erasesAt = new Date(clock.now().getTime() + graceMs);
  const sha256 = hash.digest('hex');
  await database.transaction(systemScope, async (tx) => {
    const offered = await asTenant(tx, of.organisationId, async (own) => {
      if (!(await moveRemoval(own, of.key, 'COPYING', 'WAITING'))) return null;
      await noteArchive(own, of.key, { bytes, sha256, erasesAt });
      return removalById(own, of.key);
    });
    if (!offered) return;
    const facts = { organisationId: of.organisationId, removalId: of.key };
    const link = linkTo(services, archivePath, facts, erasesAt);
    await tellOwner(tx, offered, {
      subject: 'The data of your organisation',
      body: `All of it, as you asked (gzip, JSON lines, SHA-256 ${sha256}):\n${link}\n
It is erased for ever on ${erasesAt.toUTCString()}. Until then you can sign in and cancel the removal.\n`,
    });
  });
}

async function certify({ database, key, clock }: RemovalServices, of: Of): Promise<void> {
  const { organisationId, key: removalId } = of;
  const removal = await database.read({ organisationId }, (tx) => removalById(tx, removalId));
  if (removal?.status !== 'ERASING') return;
  const certificate =
    key && (await signRemoval({ organisationId, removal, certifiedAt: clock.now().toISOString() }, key));
  await database.transaction(systemScope, async (tx) => {
    const moved = await asTenant(tx, organisationId, async (own) => {
      await noteCertificate(own, removalId, certificate);
      return moveRemoval(own, removalId, 'ERASING', 'DONE');
    });
    if (moved)
      await tellOwner(tx, removal, {
        subject: 'Your organisation was removed',
        body: `Everything that was stored of it is erased.${certificate ? ` The certificate, to keep:\n\n${certificate}` : ''}\n`,
      });
  });
}

/** Who asked for the removal hears of it; an account outlives its organisations. */
async function tellOwner(
  tx: Transaction,
  { requestedBy }: Removal,
  text: { readonly subject: string; readonly body: string },
): Promise<void> {
  const [account] = await accountsById(tx, [requestedBy]);
  if (account) await post(tx, { recipient: account.email, ...text });
}
