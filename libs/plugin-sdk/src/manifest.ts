import {
  hookPoints,
  isEventType,
  isHookPoint,
  reportNames,
  type HookPoint,
  type ReportName,
} from '@marquee/contracts';
import { Type, type Static } from 'typebox';
import { Value } from 'typebox/value';
import semver from 'semver';
import { settingSchema, type Setting } from './settings.ts';

/** The version of what plugins see: hook points, contexts, manifests. A manifest's `host` range must hold it. */
export const hostVersion = '1.1.0';

const name = Type.String({ pattern: '^[a-z][a-z0-9]*(-[a-z0-9]+)*$', minLength: 2, maxLength: 64 });
const fieldName = Type.String({ pattern: '^[a-z][A-Za-z0-9]*$', maxLength: 64 });
const host = Type.String({
  pattern: '^([a-z0-9-]+\\.)*[a-z0-9-]+$|^setting:[a-z][A-Za-z0-9]*$',
  maxLength: 255,
});
/** An address that the manifest fixes, or that whoever installs the plugin gives as a setting. */
const address = {
  url: Type.Optional(Type.String({ maxLength: 2_000 })),
  urlSetting: Type.Optional(fieldName),
};

const hook = Type.Object({
  point: Type.String({ maxLength: 50 }),
  /** `sandbox`: the plugin's code, in the host. `remote`: a signed request to its `remote`. */
  runs: Type.Union([Type.Literal('sandbox'), Type.Literal('remote')]),
  /** 1 to 50 in the sandbox, 1 to 2,000 remotely. */
  timeBudgetMs: Type.Integer({ minimum: 1, maximum: 2_000 }),
  /** Whether what asks goes on without it, or not, where it does not answer. */
  failure: Type.Union([Type.Literal('open'), Type.Literal('closed')]),
  /** Of a `report-column`: those that it adds to; the orders' where it is left out. */
  reports: Type.Optional(Type.Array(Type.Enum(reportNames), { minItems: 1, uniqueItems: true })),
});

const manifestSchema = Type.Object(
  {
    manifest: Type.Literal(1),
    name,
    title: Type.String({ minLength: 1, maxLength: 100 }),
    summary: Type.String({ minLength: 1, maxLength: 300 }),
    version: Type.String({ maxLength: 50 }),
    host: Type.String({ maxLength: 100 }),
    scopes: Type.Array(Type.String({ pattern: '^[a-z]+:[a-z]+$', maxLength: 50 }), { maxItems: 20 }),
    hooks: Type.Array(hook, { maxItems: 20 }),
    remote: Type.Optional(
      Type.Object({
        ...address,
        /** A secret that is sent as `authorization: Bearer …`. */
        bearerSecret: Type.Optional(fieldName),
      }),
    ),
    events: Type.Optional(
      Type.Object({
        ...address,
        types: Type.Array(Type.String({ maxLength: 100 }), { minItems: 1, maxItems: 100 }),
      }),
    ),
    settings: Type.Record(fieldName, settingSchema),
    secrets: Type.Record(fieldName, Type.Object({ title: Type.String({ minLength: 1, maxLength: 200 }) })),
    /** Hosts that requests of the plugin go to: names, or `setting:NAME` for the host of that setting. */
    egress: Type.Array(host, { maxItems: 20 }),
  },
  { additionalProperties: false },
);

type Hook = Omit<Static<typeof hook>, 'point'> & { readonly point: HookPoint };
/** What a plugin says of itself. `settings` and `secrets` by name. */
export type Manifest = Omit<Static<typeof manifestSchema>, 'hooks' | 'settings'> & {
  readonly hooks: readonly Hook[];
  readonly settings: Readonly<Record<string, Setting>>;
};
export type ManifestHook = Hook;

/** Something of a manifest that cannot be: where (a JSON Pointer), and why. */
export type ManifestFault = { readonly path: string; readonly message: string };

/** Longest time budget of what runs in the sandbox: its deadline. */
const longestSandboxedMs = 50;

/** The manifest, or all that is wrong with it. */
export function readManifest(
  value: unknown,
):
  | { readonly ok: true; readonly manifest: Manifest }
  | { readonly ok: false; readonly faults: readonly ManifestFault[] } {
  if (!Value.Check(manifestSchema, value)) {
    const faults = [...Value.Errors(manifestSchema, value)]
      .slice(0, 10)
      .map(({ instancePath, message }) => ({ path: instancePath || '/', message }));
    return { ok: false, faults };
  }
  const manifest = value as Manifest;
  const faults = [...generalFaults(manifest), ...hookFaults(manifest), ...addressFaults(manifest)];
  return faults.length > 0 ? { ok: false, faults } : { ok: true, manifest };
}

function* generalFaults(manifest: Manifest): Iterable<ManifestFault> {
  const { version, host: range, events, secrets, settings } = manifest;
  if (semver.valid(version) !== version)
    yield { path: '/version', message: 'must be a semantic version such as 1.2.3' };
  if (semver.validRange(range) === null) yield { path: '/host', message: 'must be a range such as ^1.0.0' };
  for (const [place, type] of (events?.types ?? []).entries())
    if (!isEventType(type)) yield { path: `/events/types/${place}`, message: 'is no event of the catalogue' };
  for (const name of Object.keys(secrets))
    if (Object.hasOwn(settings, name))
      yield { path: `/secrets/${name}`, message: 'is the name of a setting, too' };
}

function* hookFaults({ hooks, remote, events }: Manifest): Iterable<ManifestFault> {
  const seen = new Set<string>();
  for (const [place, { point, runs, timeBudgetMs, failure, reports }] of hooks.entries()) {
    const path = `/hooks/${place}`;
    if (!isHookPoint(point))
      yield { path: `${path}/point`, message: `must be one of ${Object.keys(hookPoints).join(', ')}` };
    if (seen.has(point)) yield { path: `${path}/point`, message: 'comes twice' };
    seen.add(point);
    if (runs === 'remote' && !remote) yield { path: '/remote', message: 'must say where remote hooks are' };
    if (runs === 'sandbox' && timeBudgetMs > longestSandboxedMs)
      yield { path: `${path}/timeBudgetMs`, message: `must be at most ${longestSandboxedMs} in the sandbox` };
    if (point === 'report-column' && failure === 'closed')
      yield { path: `${path}/failure`, message: 'must be open: a report goes on without a column' };
    if (point !== 'report-column' && reports)
      yield { path: `${path}/reports`, message: 'is for report-column' };
    if (point === 'webhook-transformation' && !events)
      yield { path: '/events', message: 'must say which webhooks are transformed' };
  }
}

function* addressFaults({ remote, events, settings, secrets, egress }: Manifest): Iterable<ManifestFault> {
  for (const [part, at] of Object.entries({ remote, events })) {
    if (!at) continue;
    if ((at.url === undefined) === (at.urlSetting === undefined))
      yield { path: `/${part}`, message: 'must have either url or urlSetting' };
    if (at.url !== undefined && !URL.canParse(at.url))
      yield { path: `/${part}/url`, message: 'must be a URL' };
    if (at.urlSetting !== undefined && settings[at.urlSetting]?.type !== 'url')
      yield { path: `/${part}/urlSetting`, message: 'must be the name of a setting of type url' };
    const wanted = at.urlSetting === undefined ? hostOf(at.url ?? '') : `setting:${at.urlSetting}`;
    if (!egress.includes(wanted)) yield { path: '/egress', message: `must name ${wanted}` };
  }
  if (remote?.bearerSecret !== undefined && !Object.hasOwn(secrets, remote.bearerSecret))
    yield { path: '/remote/bearerSecret', message: 'must be the name of a secret' };
}

const hostOf = (url: string) => (URL.canParse(url) ? new URL(url).hostname : '');

/** Whether a plugin of this range works with the host as it is. */
export function fitsHost({ host: range }: Pick<Manifest, 'host'>): boolean {
  return semver.satisfies(hostVersion, range);
}

/** Whether it adds columns to this report. */
export function addsTo(report: ReportName, { point, reports = ['orders'] }: ManifestHook): boolean {
  return point === 'report-column' && reports.includes(report);
}

/** Below 0 where `a` is the older version. */
export function compareVersions(a: string, b: string): number {
  return semver.compare(a, b);
}

/** The export of the plugin's code that answers at a place: `price-adjustment` is `priceAdjustment`. */
export function exportOf(point: HookPoint): string {
  return point.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
}
