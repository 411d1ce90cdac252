import { decodeId, encodeId, keyring } from '@marquee/kernel';

/** Files that are downloaded by link: a ticket, all tickets of an order, or a wallet pass of a ticket. */
export type FileKind = 'ticket' | 'order' | 'pass';
export type FileTarget = { readonly kind: FileKind; readonly organisationId: string; readonly id: string };

export const ticketFilesPath = '/files/tickets/*';
export const passFilesPath = '/files/passes/*';

/** Long enough to click, too short to be passed around. */
export const linkMinutes = 15;

/** Links by which a file is downloaded without anything but the link. */
export type FileLinks = {
  linkTo(target: FileTarget, now: Date): { readonly url: string; readonly expiresAt: Date };
  /** What a link of ours leads to; null where it is not ours, or too old. */
  read(path: string, search: string, now: Date): FileTarget | null;
};

const paths = {
  ticket: { folder: 'tickets', type: 'Ticket', ending: '.pdf' },
  order: { folder: 'tickets', type: 'Order', ending: '.pdf' },
  pass: { folder: 'passes', type: 'Ticket', ending: '.pkpass' },
} as const;

export function createFileLinks({
  publicUrl,
  secret,
}: {
  readonly publicUrl: string;
  readonly secret: string;
}): FileLinks {
  const keys = keyring(secret);
  const signed = (path: string, organisation: string, expires: string) =>
    `file ${path} ${organisation} ${expires}`;
  return {
    linkTo: ({ kind, organisationId, id }, now) => {
      const { folder, type, ending } = paths[kind];
      const url = new URL(`/files/${folder}/${encodeId(type, id)}${ending}`, publicUrl);
      const organisation = encodeId('Organisation', organisationId);
      const expires = Math.floor(now.getTime() / 1_000) + linkMinutes * 60;
      url.searchParams.set('o', organisation);
      url.searchParams.set('e', `${expires}`);
      url.searchParams.set('s', keys.sign(signed(url.pathname, organisation, `${expires}`)));
      return { url: url.href, expiresAt: new Date(expires * 1_000) };
    },
    read: (path, search, now) => {
      const given = new URLSearchParams(search);
      const [organisation, expires] = [given.get('o') ?? '', given.get('e') ?? ''];
      if (!keys.verify(given.get('s') ?? '', signed(path, organisation, expires))) return null;
      const organisationId = decodeId('Organisation', organisation);
      if (organisationId === null || !(Number(expires) * 1_000 > now.getTime())) return null;
      for (const kind of Object.keys(paths) as FileKind[]) {
        const { folder, type, ending } = paths[kind];
        const prefix = `/files/${folder}/`;
        if (!path.startsWith(prefix) || !path.endsWith(ending)) continue;
        const id = decodeId(type, path.slice(prefix.length, -ending.length));
        if (id !== null) return { kind, organisationId, id };
      }
      return null;
    },
  };
}
