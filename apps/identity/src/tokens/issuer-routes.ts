import type { HttpAnswer, HttpExchange, HttpRoute } from '@marquee/subgraph';
import inject from 'light-my-request';
import type { Provider } from 'oidc-provider';
import type { Services } from '../command.ts';

const mount = '/oidc';

/** The part of a caller's headers that the issuer may see. Host and protocol are what we are known by, whoever asks. */
const passed = ['accept', 'authorization', 'content-type', 'cookie', 'origin', 'user-agent'];

function headersFor({ headers }: HttpExchange, publicUrl: string): Record<string, string> {
  const { host, protocol } = new URL(publicUrl);
  const own = passed.flatMap((name) =>
    typeof headers[name] === 'string' ? [[name, headers[name]] as const] : [],
  );
  return { ...Object.fromEntries(own), host, 'x-forwarded-proto': protocol.slice(0, -1) };
}

/**
 * `/oidc/*`: the issuer's own end-points. The library is a Koa application, which takes requests of node:http; ours are
 * read already, so it is handed an injected one.
 */
export function createIssuerRoute({ publicUrl }: Services, issuer: () => Provider): HttpRoute {
  return async (exchange): Promise<HttpAnswer> => {
    const handle = issuer().callback();
    const body = exchange.method === 'POST' ? await exchange.body() : undefined;
    const answer = await inject(
      (request, response) => {
        // As a framework that mounts it would: links that it makes keep the prefix.
        Object.assign(request, { originalUrl: request.url, url: request.url!.slice(mount.length) });
        void handle(request, response);
      },
      {
        method: exchange.method as 'GET',
        url: `${exchange.path}${exchange.search}`,
        headers: headersFor(exchange, publicUrl),
        ...(body !== undefined && { payload: body }),
      },
    );
    const { 'set-cookie': cookies = [], 'content-length': _length, ...headers } = answer.headers;
    const sent = Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, String(value)] as const],
    );
    return {
      status: answer.statusCode,
      headers: Object.fromEntries(sent),
      cookies: [cookies].flat(),
      body: answer.rawPayload,
    };
  };
}
