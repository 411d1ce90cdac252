export * from '@marquee/client';
export type { EventDataByType, EventType, MarqueeEvent } from './generated/events.ts';
export {
  verifyWebhook,
  WebhookVerificationError,
  type VerifyOptions,
  type WebhookHeaders,
} from './verify.ts';
