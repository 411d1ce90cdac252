import type { AnswerOf, removalQuestionsOf, RemovalReport, Sums } from '@marquee/contracts';
import { newUuid } from '@marquee/kernel';
import type { Transaction } from '@marquee/postgres';
import type { Removal, RemovalStatus } from './removal.ts';

export type CopyCursor = AnswerOf<ReturnType<typeof removalQuestionsOf>['copy']>['next'];

const columns = `id, status, requested_by as "requestedBy", requested_at as "requestedAt", ledger, erases_at as "erasesAt",
  case when archive_sha256 is not null
    then jsonb_build_object('bytes', archive_bytes, 'sha256', archive_sha256) end as archive, reports`;
const underWay = `status in ('COPYING', 'WAITING', 'ERASING')`;

export async function insertRemoval(
  tx: Transaction,
  { requestedBy, ledger }: { readonly requestedBy: string; readonly ledger: Sums },
): Promise<string> {
  const id = newUuid();
  await tx.execute(
    `insert into organisation_removal (organisation_id, id, status, requested_by, ledger)
     values ($1, $2, 'COPYING', $3, $4)`,
    [tx.organisationId, id, requestedBy, JSON.stringify(ledger)],
  );
  return id;
}

/** Of this transaction's organisation, kept from changing until it ends. */
export async function lockRemovalUnderWay(tx: Transaction): Promise<Removal | null> {
  const [removal] = await tx.rows<Removal>(
    `select ${columns} from organisation_removal where ${underWay} for update`,
  );
  return removal ?? null;
}

export async function removalById(tx: Transaction, id: string): Promise<Removal | null> {
  const [removal] = await tx.rows<Removal>(`select ${columns} from organisation_removal where id = $1`, [id]);
  return removal ?? null;
}

/** The newest; one that was cancelled is none. */
export async function findRemoval(tx: Transaction): Promise<Removal | null> {
  const [removal] = await tx.rows<Removal>(
    `select ${columns} from organisation_removal where status <> 'CANCELLED' order by requested_at desc limit 1`,
  );
  return removal ?? null;
}

/** In any scope: whether this organisation is on its way out. */
export async function isBeingRemoved(tx: Transaction, organisationId: string): Promise<boolean> {
  const rows = await tx.rows(`select from organisation_removal where organisation_id = $1 and ${underWay}`, [
    organisationId,
  ]);
  return rows.length > 0;
}

/** Answers whether it was in the one state and is in the other now. */
export async function moveRemoval(
  tx: Transaction,
  id: string,
  from: RemovalStatus,
  to: RemovalStatus,
): Promise<boolean> {
  const moved = await tx.execute(
    'update organisation_removal set status = $3 where id = $1 and status = $2',
    [id, from, to],
  );
  return moved > 0;
}

export async function noteArchive(
  tx: Transaction,
  id: string,
  archive: { readonly bytes: number; readonly sha256: string; readonly erasesAt: Date },
): Promise<void> {
  await tx.execute(
    'update organisation_removal set archive_bytes = $2, archive_sha256 = $3, erases_at = $4 where id = $1',
    [id, archive.bytes, archive.sha256, archive.erasesAt],
  );
}

export async function noteReport(
  tx: Transaction,
  id: string,
  service: string,
  report: RemovalReport,
): Promise<void> {
  await tx.execute('update organisation_removal set reports = reports || $2::jsonb where id = $1', [
    id,
    JSON.stringify({ [service]: report }),
  ]);
}

export async function noteForgotten(
  tx: Transaction,
  id: string,
  service: string,
  forgottenAt: string,
): Promise<void> {
  await tx.execute(
    `update organisation_removal
        set reports = jsonb_set(reports, array[$2, 'forgottenAt'], to_jsonb($3::text)) where id = $1`,
    [id, service, forgottenAt],
  );
}

export async function noteCertificate(
  tx: Transaction,
  id: string,
  certificate: string | null,
): Promise<void> {
  await tx.execute('update organisation_removal set certificate = $2 where id = $1', [id, certificate]);
}

export type CopiedPart = { readonly service: string; readonly part: number; readonly next: CopyCursor };

/** How far the copy of a service has got; null before its first part. */
export async function lastPart(
  tx: Transaction,
  removalId: string,
  service: string,
): Promise<CopiedPart | null> {
  const [part] = await tx.rows<CopiedPart>(
    `select service, part, next from organisation_copy where removal_id = $1 and service = $2
      order by part desc limit 1`,
    [removalId, service],
  );
  return part ?? null;
}

/** A part that is there already stays as it is: who copies twice adds nothing. */
export async function insertPart(
  tx: Transaction,
  removalId: string,
  { service, part, next, content }: CopiedPart & { readonly content: Buffer },
): Promise<void> {
  await tx.execute(
    `insert into organisation_copy (organisation_id, removal_id, service, part, content, next)
     values ($1, $2, $3, $4, $5, $6) on conflict do nothing`,
    [tx.organisationId, removalId, service, part, content, next && JSON.stringify(next)],
  );
}

export type ArchivePart = { readonly service: string; readonly part: number; readonly content: Buffer };

/** The part of the archive that follows this one; null after the last. */
export async function partAfter(
  tx: Transaction,
  removalId: string,
  after: Omit<ArchivePart, 'content'> | null,
): Promise<ArchivePart | null> {
  const [part] = await tx.rows<ArchivePart>(
    `select service, part, content from organisation_copy
      where removal_id = $1 and ($2::text is null or (service, part) > ($2, $3::int)) order by service, part limit 1`,
    [removalId, after?.service ?? null, after?.part ?? null],
  );
  return part ?? null;
}

export async function deleteParts(tx: Transaction, removalId: string): Promise<void> {
  await tx.execute('delete from organisation_copy where removal_id = $1', [removalId]);
}
