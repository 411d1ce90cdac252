import { errorAnswer, type HttpAnswer, type HttpRoute } from '@marquee/subgraph';
import type { Services } from '../command.ts';
import { accessTokenSeconds } from '../tokens/issuer.ts';
import { exchangeLink } from './exchange-link.ts';
import { orderPage } from './order-page.ts';

/**
 * `/sign-in/order-link`: GET is the platform's own page of an order, for whom no shop has one. POST exchanges the link
 * (form field `link`, as at a token end-point, so that a browser asks no preflight) for an access token.
 */
export function createOrderLinkRoute(services: Services, mayTry: MayTry): HttpRoute {
  return async (exchange): Promise<HttpAnswer> => {
    if (exchange.method !== 'POST') return orderPage();
    const { correlationId } = exchange;
    if (!(await mayTry(exchange)))
      return errorAnswer(429, 'RATE_LIMITED', 'Too many tries. Wait a quarter of an hour.', correlationId);
    const form = new URLSearchParams(await exchange.body());
    const outcome = await exchangeLink(services, form.get('link') ?? '');
    if (!outcome.ok) {
      const { reason, message } = outcome.refusal;
      return errorAnswer(401, 'UNAUTHENTICATED', message, correlationId, { reason });
    }
    const { accessToken, orderId } = outcome.value;
    return {
      status: 200,
      headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' },
      body: JSON.stringify({
        access_token: accessToken,
        token_type: 'Bearer',
        expires_in: accessTokenSeconds,
        order_id: orderId,
      }),
    };
  };
}

type MayTry = (exchange: Parameters<HttpRoute>[0]) => Promise<boolean>;
