import { createHash } from 'node:crypto';
import { instant, type NumberedEntry } from './log.ts';
import { organisations, type SeedOrganisation } from './organisations.ts';
import type { TableRows } from './rows.ts';

/** A key of the demo data. Its secret is known to nobody: it is there to be seen, rotated and revoked. */
export type DemoKey = {
  readonly id: string;
  readonly organisation: SeedOrganisation;
  readonly name: string;
  readonly scopes: readonly string[];
  /** What it is used for, by root field, and how often on a quiet day. */
  readonly uses: Readonly<Record<string, number>>;
};

const kinds = [
  {
    name: 'Website',
    scopes: ['catalogue:read', 'tickets:hold'],
    uses: { occurrences: 14, occurrence: 9, holdTickets: 3 },
  },
  { name: 'Accounting export', scopes: ['analytics:read', 'guests:read'], uses: { orders: 4 } },
] as const;

export function demoKeys(): DemoKey[] {
  return organisations.flatMap((organisation, place) =>
    kinds.map((kind, index) => ({
      ...kind,
      organisation,
      id: `01980000-0000-7000-8000-0000000d${String(place)}00${String(index)}`,
    })),
  );
}

/** Rows of identity. */
export function keyRows(atMs: number): TableRows[] {
  const keys = demoKeys();
  return [
    {
      table: 'api_key',
      rows: keys.map(({ id, organisation, name, scopes }) => ({
        organisation_id: organisation.id,
        id,
        name,
        scopes,
        role: 'OWNER',
        created_by: 'demo-owner',
        created_at: instant(atMs),
      })),
    },
    {
      table: 'api_key_secret',
      rows: keys.map(({ id, organisation }, index) => ({
        organisation_id: organisation.id,
        key_id: id,
        created_at: instant(atMs),
        digest: `\\x${createHash('sha256').update(id).digest('hex')}`,
        prefix: `mqk_De${index}o`,
        last_four: `d3m${index}`,
      })),
    },
  ];
}

export function keyEvents(atMs: number): NumberedEntry[] {
  return demoKeys().map(({ id, organisation, scopes }, place) => ({
    type: 'identity.api-key-created.v1',
    data: { apiKeyId: id, scopes: [...scopes], expiresAt: null },
    organisationId: organisation.id,
    streamId: `api-key-${id}`,
    version: 1,
    id: `01980000-0000-7000-8000-0000000e000${String(place)}`,
    atMs,
    actor: 'demo-owner',
    correlationId: organisation.id,
  }));
}
