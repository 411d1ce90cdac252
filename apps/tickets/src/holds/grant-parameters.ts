import { assertValidEvent } from '@marquee/contracts';
import type { Waiting } from './grant-batch.ts';
import type { Hold, HoldPlan } from './hold.ts';
import { holdPlaced } from './hold-events.ts';
import { toStoredLine } from './hold-rows.ts';

export type Grant = {
  readonly waiting: Waiting;
  readonly plan: HoldPlan;
  readonly hold: Hold;
  readonly eventId: string;
};

/** $5 and on of `grantHoldsSql`. All were judged at one instant, and so expire at one. */
export function grantParameters(grants: readonly Grant[]): unknown[] {
  const shapes = new Map<string, number>();
  const told: string[] = [];
  const places = grants.map(({ plan, hold }) => {
    const shape = shapeOf(plan);
    const known = shapes.get(shape);
    if (known !== undefined) return known;
    shapes.set(shape, told.push(tellShape(plan, hold)));
    return told.length;
  });
  const uuids = (of: (grant: Grant) => string) => `{${grants.map(of).join()}}`;
  const texts = (of: (grant: Grant) => string | undefined) =>
    `{${grants.map((grant) => textElement(of(grant))).join()}}`;
  return [
    `[${told.join()}]`,
    uuids(({ hold }) => hold.id),
    texts(({ hold }) => hold.placedBy),
    texts(({ waiting }) => waiting.request.idempotencyKey),
    texts(({ waiting }) => waiting.hash),
    uuids(({ eventId }) => eventId),
    texts(({ waiting }) => waiting.cause.correlationId),
    texts(({ waiting }) => waiting.cause.traceparent),
    `{${places.join()}}`,
  ];
}

/** An element of an array's text form. */
function textElement(value: string | undefined): string {
  if (value === undefined) return 'NULL';
  return `"${/[\\"]/.test(value) ? value.replaceAll(/[\\"]/g, String.raw`\$&`) : value}"`;
}

/** Alike for plans that are. */
function shapeOf({ lines, quotas }: HoldPlan): string {
  const parts = lines.map(
    ({ ticketTypeId, quantity, unitPrice, seatIds }) =>
      `${ticketTypeId} ${quantity} ${unitPrice.amountMinor} ${unitPrice.currency} ${seatIds.join(' ')}`,
  );
  return `${parts.join()}/${quotas.map(({ quotaId, quantity }) => `${quotaId} ${quantity}`).join()}`;
}

/** What a plan's holds have in common, all of it serialised once. */
function tellShape(plan: HoldPlan, hold: Hold): string {
  const event = holdPlaced(hold);
  assertValidEvent(event);
  const { holdId: _own, ...data } = event.data;
  return JSON.stringify({
    quantity: plan.quantity,
    total: `${plan.total.amountMinor}`,
    currency: plan.total.currency,
    lines: plan.lines.map(toStoredLine),
    quotas: plan.quotas.map(({ quotaId, quantity }) => ({ q: quotaId, n: quantity })),
    ...(plan.seats.length > 0 && { seats: plan.seats.map(({ seatId }) => seatId) }),
    event: data,
  });
}
