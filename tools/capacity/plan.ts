import { Type, type Static } from 'typebox';
import { Compile } from 'typebox/compile';

const strict = { additionalProperties: false } as const;
const positive = Type.Number({ exclusiveMinimum: 0 });
const amount = Type.Number({ minimum: 0 });
const share = Type.Number({ exclusiveMinimum: 0, exclusiveMaximum: 1 });

const planSchema = Type.Object(
  {
    name: Type.String({ minLength: 1 }),
    /** What happens each second at the peak, by the operations of the measured file. */
    perSecond: Type.Record(Type.String(), amount),
    /** Subscriptions that are open at once. */
    subscriptions: Type.Optional(amount),
    target: Type.Object(
      {
        /** Of the requests to each service so many wait for a core at most so long. */
        share,
        waitMs: positive,
        /** Of its cores no more than this is used: what the autoscaler works at. */
        utilisation: share,
        /** What one zone less must still bear. 1: no spare. */
        zones: Type.Integer({ minimum: 1, maximum: 10 }),
      },
      strict,
    ),
  },
  strict,
);

const measuredSchema = Type.Object(
  {
    date: Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\d$' }),
    machine: Type.String({ minLength: 1 }),
    how: Type.String({ minLength: 1 }),
    /** CPU milliseconds that one operation costs, by who spends them: `postgres`, `nats` or a service. */
    cpuMs: Type.Record(Type.String(), Type.Record(Type.String(), amount)),
    /** Resident memory of a process under that load, by service. */
    memoryMiB: Type.Record(Type.String(), positive),
    /** More of the gateway's, for each open subscription. */
    subscriptionKiB: positive,
  },
  strict,
);

export type Plan = Static<typeof planSchema>;
export type Measured = Static<typeof measuredSchema>;

/** What was written is no plan, or no measurement; the message names each field. */
export class CapacityError extends Error {
  override readonly name = 'CapacityError';
}

const compiled = { plan: Compile(planSchema), measured: Compile(measuredSchema) };

export function readPlan(file: string, text: string): Plan {
  return parse<Plan>('plan', file, text);
}

export function readMeasured(file: string, text: string): Measured {
  return parse<Measured>('measured', file, text);
}

function parse<T>(kind: keyof typeof compiled, file: string, text: string): T {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new CapacityError(`${file} is no JSON: ${(error as Error).message}`);
  }
  const faults = compiled[kind].Errors(value);
  if (faults.length === 0) return value as T;
  const lines = faults.map(({ instancePath, message }) => `  ${instancePath || '/'} ${message}`);
  throw new CapacityError(`${file} is not right:\n${lines.join('\n')}`);
}
