import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import { chart, helmBinary, type Resource } from './helm.ts';

/** As much of Kubernetes' API as Helm needs to look around and to create what it rendered. */
function answerOf(
  path: string,
  kinds: ReadonlyMap<string, readonly string[]>,
  maps: readonly unknown[],
): unknown {
  const groups = [...kinds.keys()].filter((group) => group !== 'v1');
  if (path === '/version') return { major: '1', minor: '33', gitVersion: 'v1.33.0' };
  if (path === '/api') return { kind: 'APIVersions', versions: ['v1'] };
  if (path === '/apis') {
    const versions = (group: string) => ({ groupVersion: group, version: group.split('/')[1] });
    const list = groups.map((group) => ({
      name: group.split('/')[0],
      versions: [versions(group)],
      preferredVersion: versions(group),
    }));
    return { kind: 'APIGroupList', apiVersion: 'v1', groups: list };
  }
  const groupVersion = path.replace(/^\/apis?\//, '');
  const known = kinds.get(groupVersion);
  if (known) {
    const plural = (kind: string) => `${kind.toLowerCase().replace(/y$/, 'ie')}s`;
    const resources = known.map((kind) => ({
      name: plural(kind),
      singularName: '',
      namespaced: true,
      kind,
      verbs: ['get', 'list', 'create'],
    }));
    return { kind: 'APIResourceList', apiVersion: 'v1', groupVersion, resources };
  }
  if (path.endsWith('/configmaps'))
    return { kind: 'ConfigMapList', apiVersion: 'v1', metadata: {}, items: maps };
  if (path.endsWith('/secrets')) return { kind: 'SecretList', apiVersion: 'v1', metadata: {}, items: [] };
  return undefined;
}

/** Installs the chart into a cluster that has these ConfigMaps, and answers what Helm created there. */
export async function installOver(
  maps: readonly unknown[],
  {
    resources,
    directory,
    example,
  }: { readonly resources: readonly Resource[]; readonly directory: string; readonly example: string },
): Promise<Resource[]> {
  const groups = Map.groupBy(resources, ({ apiVersion }) => apiVersion);
  const kinds = new Map(
    [...groups].map(([group, list]) => [
      group,
      [...new Set(list.map(({ kind }) => kind)), ...(group === 'v1' ? ['Secret'] : [])],
    ]),
  );
  const created: Resource[] = [];
  const handle = async (request: IncomingMessage): Promise<[number, unknown]> => {
    if (request.method === 'POST') {
      const body = (await json(request)) as Resource;
      created.push(body);
      return [201, body];
    }
    const body = request.method === 'GET' ? answerOf(request.url!.split('?')[0]!, kinds, maps) : {};
    return body ? [200, body] : [404, { kind: 'Status', status: 'Failure', reason: 'NotFound', code: 404 }];
  };
  const server = createServer((request, response) => {
    void handle(request).then(([status, body]) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body)),
    );
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const kubeconfig = join(directory, 'kubeconfig');
  const context = { name: 'fake', context: { cluster: 'fake', user: 'fake' } };
  const clusters = [{ name: 'fake', cluster: { server: address } }];
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters,
    contexts: [context],
    users: [{ name: 'fake', user: {} }],
    'current-context': 'fake',
  };
  writeFileSync(kubeconfig, JSON.stringify(config), { mode: 0o600 });
  const values = join(chart, 'examples', `${example}.yaml`);
  const args = [
    'install',
    'marquee',
    chart,
    '--namespace',
    'marquee',
    '--no-hooks',
    '--disable-openapi-validation',
    '--values',
    values,
    '--kubeconfig',
    kubeconfig,
  ];
  const child = spawn(helmBinary(), args, { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (chunk) => (said += String(chunk)));
  const [code] = (await once(child, 'close')) as [number];
  server.close();
  server.closeAllConnections();
  if (code !== 0) throw new Error(`helm install: ${said}`);
  return created;
}
