/**
 * What moves the platform of a rehearsal, as an operator's program moves a cluster: `npm run release -- run` calls it as
 * "migrate SERVICE", "weight KIND SERVICE PERCENT" and "probe KIND SERVICE". Its first argument is the stage that the rehearsal has set.
 * What only some of these need is loaded for them alone: a switch of traffic counts from the start of this program.
 */
import { execFile } from 'node:child_process';
import { appendFileSync, readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { untilReady } from './child.ts';
import { setWeights } from './haproxy.ts';
import type { Move, StageFile } from './weigh.ts';

async function migrate({ migration }: StageFile, service: string): Promise<void> {
  await promisify(execFile)(process.execPath, [migration.file, service], { env: migration.env });
}

async function weigh(stage: StageFile, kind: string, service: string, percent: number): Promise<void> {
  if (kind === 'consumers') {
    const { weighMessages } = await import('./weigh.ts');
    return weighMessages(stage, percent);
  }
  // As `kubectl rollout status` waits: nobody is sent to pods that are not ready.
  if (percent > 0) await untilReady(stage.readyUrls[service]!, { running: true });
  const weights = new Map([
    [stage.present, 100 - percent],
    [stage.next, percent],
  ]);
  await setWeights(stage.socket, service, weights);
}

/** More than a verdict needs, also where each takes most of a second; not so many at a time that they make slow what is not. */
const probing = { atOnce: 8, each: 8 };

/** Operations that visitors send too. What they get is judged by the metrics of who answers, as visitors' are. */
async function probe({ probes }: StageFile, service: string): Promise<void> {
  const { signViewer, viewerHeader } = await import('@marquee/subgraph');
  const { url, query, headers, signed } = probes[service]!;
  const sent = {
    'content-type': 'application/json',
    ...headers,
    ...(signed && { [viewerHeader]: signViewer(signed.viewer, signed.secret) }),
  };
  const ask = async () => {
    for (let n = 0; n < probing.each; n += 1) {
      const answer = await fetch(url, { method: 'POST', headers: sent, body: JSON.stringify({ query }) });
      await answer.body?.cancel();
    }
  };
  await Promise.all(Array.from({ length: probing.atOnce }, ask));
}

async function main([stageFile = '', verb, ...words]: readonly string[]): Promise<void> {
  const stage = JSON.parse(readFileSync(stageFile, 'utf8')) as StageFile;
  const beganAtMs = Date.now();
  const note = (kind: string, service: string, percent: number | null) => {
    const move: Move = { kind, service, percent, beganAtMs, doneAtMs: Date.now() };
    appendFileSync(stage.movesFile, `${JSON.stringify(move)}\n`);
  };
  if (verb === 'migrate') {
    const [service] = words as [string];
    await migrate(stage, service);
    note('migrate', service, null);
  } else if (verb === 'weight') {
    const [kind, service, percent] = words as [string, string, string];
    await weigh(stage, kind, service, Number(percent));
    note(kind, service, Number(percent));
  } else if (words[0] !== 'consumers') {
    await probe(stage, words[1]!);
  }
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
}
