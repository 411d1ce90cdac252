import type { RecordsOptions } from '@marquee/messaging';
import { hashOf } from '../documents/document-store.ts';
import type { OperationUse } from './coordinates.ts';

/** Who sends operations: as it says in its headers, or as its documents were registered. */
export type Client = { readonly name: string; readonly version: string };

/** One operation of one version of one client, and when it was used. */
export type UsageRecord = OperationUse & {
  readonly client: string;
  readonly version: string;
  readonly requests: number;
  readonly firstSeenAt: string;
  readonly lastSeenAt: string;
};

/**
 * Where usage is kept. Longer than any promise of a deprecated field: what is not used for so long is forgotten. Some
 * 60,000 operations fit.
 */
export const usageRecords: RecordsOptions = {
  name: 'field-usage',
  maxBytes: 64 * 1024 * 1024,
  keptDays: 400,
};

export function keyOf({ client, version, signature }: UsageRecord): string {
  return hashOf(JSON.stringify([client, version, signature])).slice(0, 40);
}

/** Two counts of the same operation as one. */
export function join(a: UsageRecord, b: UsageRecord): UsageRecord {
  const newer = a.lastSeenAt > b.lastSeenAt ? a : b;
  return {
    ...newer,
    coordinates: [...new Set([...a.coordinates, ...b.coordinates])].toSorted(),
    requests: a.requests + b.requests,
    firstSeenAt: a.firstSeenAt < b.firstSeenAt ? a.firstSeenAt : b.firstSeenAt,
  };
}

/** Null for what is no record. */
export function parseRecord(text: string): UsageRecord | null {
  try {
    const record = JSON.parse(text) as UsageRecord | null;
    const isRecord =
      typeof record?.client === 'string' &&
      typeof record.operation === 'string' &&
      typeof record.lastSeenAt === 'string' &&
      Array.isArray(record.coordinates);
    return isRecord ? record : null;
  } catch {
    return null;
  }
}
