import { decodeId, encodeId, keyring, type EntityType } from '@marquee/kernel';
import type { HttpAnswer, HttpRoute } from '@marquee/subgraph';

/** Long enough to click, too short to be passed around. */
const linkMinutes = 15;

type DownloadTarget = { readonly organisationId: string; readonly id: string };
type Download = {
  /** As the browser saves it. */
  readonly name: string;
  readonly body: NonNullable<HttpAnswer['body']>;
};

/** Links by which a PDF is downloaded without anything but the link. */
export type DownloadLinks = {
  /** Of the route. */
  readonly path: string;
  linkTo(target: DownloadTarget, now: Date): string;
  /** What a link of ours leads to; null where it is not ours, or too old. */
  read(path: string, search: string, now: Date): DownloadTarget | null;
  /** Answers the file that a link leads to; null of `find`: there is none any more. */
  route(find: (target: DownloadTarget) => Promise<Download | null>): HttpRoute;
};

type DownloadOptions = {
  /** Where clients reach the platform. */
  readonly publicUrl: string;
  readonly secret: string;
  /** Under `/files/`; the gateway knows whose it is. */
  readonly folder: string;
  /** Of the thing's global id. */
  readonly type: EntityType;
  /** What is signed begins with it: a link for one purpose is none for another. */
  readonly purpose: string;
};

export function createDownloadLinks(options: DownloadOptions): DownloadLinks {
  const { publicUrl, folder, type, purpose } = options;
  const keys = keyring(options.secret);
  const signed = (id: string, organisation: string, expires: string) =>
    `${purpose} ${id} ${organisation} ${expires}`;
  const links: DownloadLinks = {
    path: `/files/${folder}/*`,
    linkTo: ({ organisationId, id }, now) => {
      const url = new URL(`/files/${folder}/${encodeId(type, id)}`, publicUrl);
      const organisation = encodeId('Organisation', organisationId);
      const expires = `${Math.floor(now.getTime() / 1_000) + linkMinutes * 60}`;
      url.searchParams.set('o', organisation);
      url.searchParams.set('e', expires);
      url.searchParams.set('s', keys.sign(signed(id, organisation, expires)));
      return url.href;
    },
    read: (path, search, now) => {
      const given = new URLSearchParams(search);
      const [organisation, expires] = [given.get('o') ?? '', given.get('e') ?? ''];
      const id = decodeId(type, path.split('/').at(-1) ?? '');
      const organisationId = decodeId('Organisation', organisation);
      if (id === null || organisationId === null) return null;
      if (!keys.verify(given.get('s') ?? '', signed(id, organisation, expires))) return null;
      return Number(expires) * 1_000 > now.getTime() ? { organisationId, id } : null;
    },
    route: (find) => async (exchange) => {
      const { method, path, search } = exchange;
      if (method !== 'GET') return { status: 405, headers: { allow: 'GET' }, body: 'Use GET.' };
      const target = links.read(path, search, new Date());
      const found = target && (await find(target));
      return found ? answer(found) : gone();
    },
  };
  return links;
}

const headers = { 'cache-control': 'private, no-store', 'x-robots-tag': 'noindex' };

function answer({ name, body }: Download): HttpAnswer {
  const disposition = `attachment; filename="${name}"`;
  return {
    status: 200,
    headers: { ...headers, 'content-type': 'application/pdf', 'content-disposition': disposition },
    body,
  };
}

function gone(): HttpAnswer {
  const body = 'This link has expired or is not one of ours. Ask for a new one.';
  return { status: 404, headers: { ...headers, 'content-type': 'text/plain; charset=utf-8' }, body };
}
