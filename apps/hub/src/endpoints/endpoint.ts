import type { Refusal } from '@marquee/kernel';

export type EndpointStatus = 'ACTIVE' | 'PAUSED' | 'DISABLED';

/** Where an organisation wants its events sent. */
export type Endpoint = {
  readonly id: string;
  readonly url: string;
  readonly eventTypes: readonly string[];
  readonly pinnedVersion: number;
  readonly status: EndpointStatus;
  readonly disabledBecause: string | null;
  /** As `parseFilter` read it. */
  readonly filter: Readonly<Record<string, unknown>> | null;
  readonly selection: string | null;
  readonly ordered: boolean;
  readonly ratePerSecond: number | null;
  readonly publicKey: string;
  readonly createdAt: Date;
};

/** What its owner decides. */
export type EndpointSettings = Pick<
  Endpoint,
  'url' | 'eventTypes' | 'pinnedVersion' | 'filter' | 'selection' | 'ordered' | 'ratePerSecond'
>;

export const mostEndpoints = 100;

export type TooManyWebhookEndpoints = Refusal & { readonly kind: 'TooManyWebhookEndpoints' };
