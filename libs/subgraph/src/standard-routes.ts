import { metricsContentType, type Metrics } from '@marquee/telemetry';
import type { HttpRoute } from './http-exchange.ts';
import { checkReadiness, type ReadinessChecks } from './readiness.ts';

type Standing = {
  readonly name: string;
  readonly readiness: ReadinessChecks;
  readonly status?: () => unknown;
  readonly metrics: Metrics;
};

/** The routes every process has. */
export function standardRoutes(options: Standing, isDraining: () => boolean): Record<string, HttpRoute> {
  const json = { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' };
  return {
    '/health/live': async () => ({ status: 200, headers: json, body: '{"status":"live"}' }),
    '/health/ready': async () => {
      const { ready, checks } = await checkReadiness(options.readiness);
      const status = isDraining() ? 'draining' : ready ? 'ready' : 'not ready';
      const body = {
        status,
        service: options.name,
        checks,
        ...(options.status && { details: options.status() }),
      };
      return { status: status === 'ready' ? 200 : 503, headers: json, body: JSON.stringify(body) };
    },
    '/metrics': async () => ({
      status: 200,
      headers: { 'content-type': metricsContentType },
      body: options.metrics.text(),
    }),
  };
}

/** A route, and the name under which it is counted. */
export type FoundRoute = { readonly name: string; readonly route: HttpRoute };

/** The route of a path; the longest prefix wins over shorter ones. */
export function findRoute(routes: ReadonlyMap<string, HttpRoute>, path: string): FoundRoute | undefined {
  const exact = routes.get(path);
  if (exact) return { name: path, route: exact };
  for (let slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
    const name = `${path.slice(0, slash)}/*`;
    const route = routes.get(name);
    if (route) return { name, route };
  }
  return undefined;
}
