import { isQuestionUnavailable } from '@marquee/messaging';
import { errorAnswer, type HttpAnswer, type HttpExchange, type HttpRoute } from '@marquee/subgraph';
import type { Services } from '../command.ts';
import { readLink } from '../links.ts';
import { openExport, writeExport, type ExportRequest } from './export-trail.ts';

export const exportPath = '/audit/export';
export type ExportLink = ExportRequest & { readonly organisationId: string };

/** No organisation's: the keys are the same for all. */
const nobody = '00000000-0000-0000-0000-000000000000';
const keysKeptMs = 60_000;

/** What is had without the graph: the export, by its link, and the public keys by which the logs are sealed. */
export function createAuditRoutes(services: Services): Record<string, HttpRoute> {
  const { auditLogs } = services;
  let keys: { readonly body: string; readonly untilMs: number } | undefined;
  return {
    [exportPath]: guarded(async (exchange) => {
      const link = readLink<ExportLink>(services, exportPath, exchange.search);
      if (!link) {
        const message = 'This link has expired or is not one of ours. Ask for a new one.';
        return errorAnswer(404, 'NOT_FOUND', message, exchange.correlationId);
      }
      const { organisationId, format, since } = link;
      const opened = await openExport(auditLogs, organisationId, since);
      const ending = format === 'CSV' ? 'csv' : 'jsonl';
      return {
        status: 200,
        headers: {
          'cache-control': 'private, no-store',
          'content-disposition': `attachment; filename="audit.${ending}"`,
          'content-type': format === 'CSV' ? 'text/csv; charset=utf-8' : 'application/x-ndjson',
          'referrer-policy': 'no-referrer',
          'x-robots-tag': 'noindex',
        },
        body: writeExport(auditLogs, organisationId, opened, format),
      };
    }),
    '/audit/keys': guarded(async () => {
      if (!keys || keys.untilMs < Date.now()) {
        const opened = await openExport(auditLogs, nobody, null);
        const found = opened.flatMap(({ log, seals }) =>
          seals.publicKey ? [{ ...seals.publicKey, log }] : [],
        );
        keys = { body: JSON.stringify({ keys: found }), untilMs: Date.now() + keysKeptMs };
      }
      const headers = { 'content-type': 'application/jwk-set+json', 'cache-control': 'public, max-age=60' };
      return { status: 200, headers, body: keys.body };
    }),
  };
}

function guarded(route: (exchange: HttpExchange) => Promise<HttpAnswer>): HttpRoute {
  return async (exchange) => {
    if (exchange.method !== 'GET') return { status: 405, headers: { allow: 'GET' }, body: 'Use GET.' };
    try {
      return await route(exchange);
    } catch (error) {
      if (!isQuestionUnavailable(error)) throw error;
      const message = 'A service whose log is needed did not answer. Try again.';
      const refused = errorAnswer(503, 'SUBGRAPH_UNAVAILABLE', message, exchange.correlationId);
      return { ...refused, headers: { ...refused.headers, 'retry-after': '1' } };
    }
  };
}
