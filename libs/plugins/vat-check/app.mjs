// The remote app of the plugin: asks a register such as VIES and answers Marquee. Run it anywhere, give Marquee its address.
import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';

const toleranceS = 300;
const mostBytes = 256 * 1024;

/** Whether Marquee signed this, just now: Standard Webhooks `v1`. */
function isGenuine(headers, body, secret) {
  const { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures = '' } = headers;
  if (!/^\d+$/.test(timestamp ?? '') || Math.abs(Date.now() / 1000 - Number(timestamp)) > toleranceS)
    return false;
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
  const wanted = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest();
  return signatures
    .split(' ')
    .filter((each) => each.startsWith('v1,'))
    .map((each) => Buffer.from(each.slice(3), 'base64'))
    .some((each) => each.length === wanted.length && timingSafeEqual(each, wanted));
}

/**
 * @param {{ secret: string, isKnown: (countryCode: string, vatId: string) => Promise<boolean> }} options `secret` is what
 *   `installPlugin` answered; `isKnown` asks the register, and rejects where it does not answer.
 */
export function createVatApp({ secret, isKnown }) {
  return createServer(async (request, response) => {
    const answer = (status, value) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
    try {
      let body = '';
      for await (const chunk of request) if ((body += chunk).length > mostBytes) return answer(413, {});
      if (!isGenuine(request.headers, body, secret)) return answer(401, {});
      const { point, input } = JSON.parse(body);
      // It keeps nothing of anybody: that its plugin was uninstalled is well.
      if (point === 'uninstallation') return answer(200, {});
      const { business } = input;
      if (business === null || (await isKnown(business.countryCode, business.vatId)))
        return answer(200, { refusal: null });
      const message = `The register of ${business.countryCode} does not know this VAT number.`;
      return answer(200, { refusal: { field: 'business.vatId', message } });
    } catch {
      return answer(503, {});
    }
  });
}
