import type { Database } from '@marquee/postgres';
import { errorAnswer, type HttpRoute } from '@marquee/subgraph';
import type { Services } from '../command.ts';
import { readLink } from '../links.ts';
import { partAfter, removalById, type ArchivePart } from './removal-rows.ts';

export const archivePath = '/archives/organisation';
export type ArchiveLink = { readonly organisationId: string; readonly removalId: string };

/** Part by part: an archive of any size takes the memory of one. */
export async function* archiveParts(
  database: Database,
  organisationId: string,
  removalId: string,
): AsyncGenerator<Buffer> {
  let last: ArchivePart | null = null;
  for (;;) {
    const after: ArchivePart | null = last;
    last = await database.read({ organisationId }, (tx) => partAfter(tx, removalId, after));
    if (!last) return;
    if (last.content.length > 0) yield last.content;
  }
}

/** The download of an archive, by a signed link. */
export function createArchiveRoute(services: Services): HttpRoute {
  const { database } = services;
  return async ({ method, search, correlationId }) => {
    if (method !== 'GET') return { status: 405, headers: { allow: 'GET' }, body: 'Use GET.' };
    const link = readLink<ArchiveLink>(services, archivePath, search);
    const removal = link && (await database.read(link, (tx) => removalById(tx, link.removalId)));
    if (!link || removal?.status !== 'WAITING') {
      const message = 'This link has expired, or what it led to was erased or is not offered any more.';
      return errorAnswer(404, 'NOT_FOUND', message, correlationId);
    }
    return {
      status: 200,
      headers: {
        'cache-control': 'private, no-store',
        'content-disposition': 'attachment; filename="organisation.jsonl.gz"',
        'content-type': 'application/gzip',
        'referrer-policy': 'no-referrer',
        'x-robots-tag': 'noindex',
      },
      body: archiveParts(database, link.organisationId, link.removalId),
    };
  };
}
