export type DeliveryStatus = 'PENDING' | 'DELIVERED' | 'EXHAUSTED';

/** One event on its way to one endpoint. */
export type Delivery = {
  readonly id: string;
  readonly endpointId: string;
  readonly eventId: string;
  readonly eventType: string;
  readonly occurredAt: Date;
  readonly status: DeliveryStatus;
  readonly nextAttemptAt: Date | null;
  readonly createdAt: Date;
};

export type Attempt = {
  readonly deliveryId: string;
  readonly number: number;
  readonly startedAt: Date;
  readonly durationMs: number;
  readonly statusCode: number | null;
  readonly error: string | null;
  readonly response: string | null;
};
