import { upcasting } from '@marquee/contracts';
import type { Call, Option } from '../command.ts';
import { UsageError } from '../errors.ts';
import { organisationOf } from '../sources.ts';

/** Which events of a log are wanted; what is absent does not matter. */
export type LogFilter = {
  readonly stream?: string;
  /** Exact types, or patterns with `*`. */
  readonly types: readonly string[];
  readonly organisationId?: string;
  readonly correlationId?: string;
  readonly since?: Date;
  readonly until?: Date;
};

export const everything: LogFilter = { types: [] };

export const filterOptions: Readonly<Record<string, Option>> = {
  stream: { value: 'ID', help: 'of one stream, such as order-0197…' },
  type: {
    value: 'TYPE',
    many: true,
    help: "of a type or pattern, such as 'tickets.order-*'; again for several",
  },
  organisation: { value: 'UUID', help: 'of one organisation (default: all)' },
  correlation: { value: 'ID', help: 'caused by one request' },
  since: { value: 'TIME', help: 'from this time on: RFC 3339, or an age such as 15m, 2h, 7d' },
  until: { value: 'TIME', help: 'up to this time, itself included' },
};

export function parseFilter(call: Call, now: Date = new Date()): LogFilter {
  const [stream, correlationId, organisationId] = [
    call.text('stream'),
    call.text('correlation'),
    organisationOf(call),
  ];
  const [since, until] = [parseTime(call, 'since', now), parseTime(call, 'until', now)];
  const types = call.all('type');
  for (const type of types) {
    if (/^[a-z0-9*.-]+$/.test(type)) continue;
    throw new UsageError(
      `--type must be a type such as tickets.order-paid.v1 or a pattern with *, not "${type}".`,
    );
  }
  return {
    types,
    ...(stream !== undefined && { stream }),
    ...(correlationId !== undefined && { correlationId }),
    ...(organisationId !== undefined && { organisationId }),
    ...(since && { since }),
    ...(until && { until }),
  };
}

const unitsMs: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

function parseTime(call: Call, option: string, now: Date): Date | undefined {
  const given = call.text(option);
  if (given === undefined) return undefined;
  const age = /^(\d{1,6})([smhd])$/.exec(given);
  if (age) return new Date(now.getTime() - Number(age[1]) * unitsMs[age[2]!]!);
  const instant = /^\d{4}-\d\d-\d\d/.test(given) ? new Date(given) : new Date(Number.NaN);
  if (!Number.isNaN(instant.getTime())) return instant;
  throw new UsageError(
    `--${option} must be a time such as 2027-03-20T19:00:00Z, or an age such as 15m, not "${given}".`,
  );
}

/** The filter as a condition of SQL; its parameters follow those that are there. */
export function toCondition(
  filter: LogFilter,
  parametersBefore: number,
): { readonly sql: string; readonly parameters: readonly unknown[] } {
  const parameters: unknown[] = [];
  const next = (value: unknown) => `$${parametersBefore + parameters.push(value)}`;
  const conditions: string[] = [];
  if (filter.stream !== undefined) {
    // Streams are indexed under their organisation; without one the server skips from each to the next.
    conditions.push(`stream_id = ${next(filter.stream)}`);
  }
  if (filter.organisationId !== undefined)
    conditions.push(`organisation_id = ${next(filter.organisationId)}`);
  if (filter.correlationId !== undefined) conditions.push(`correlation_id = ${next(filter.correlationId)}`);
  if (filter.since) conditions.push(`occurred_at >= ${next(filter.since.toISOString())}::timestamptz`);
  if (filter.until) conditions.push(`occurred_at <= ${next(filter.until.toISOString())}::timestamptz`);
  if (filter.types.length > 0) conditions.push(typeCondition(filter.types, next));
  return { sql: conditions.map((condition) => ` and ${condition}`).join(''), parameters };
}

/** A newest type stands for its older versions too, which are shown as they are stored. */
function typeCondition(types: readonly string[], next: (value: unknown) => string): string {
  const exact = types.filter((type) => !type.includes('*')).flatMap((type) => upcasting.storedTypes(type));
  const patterns = types.filter((type) => type.includes('*')).map((type) => type.replaceAll('*', '%'));
  return `(type = any(${next([...new Set(exact)])}::text[]) or type like any(${next(patterns)}::text[]))`;
}
