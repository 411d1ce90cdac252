import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { startChild, untilReady } from './child.ts';

export type Target = { readonly port: number; readonly labels: Readonly<Record<string, string>> };

export type Prometheus = {
  readonly url: string;
  /** Processes to ask from now on. */
  watch(targets: readonly Target[]): void;
  stop(): Promise<void>;
};

/** A real Prometheus that asks twice a second. Its targets come from a file, as they come from pods in a cluster. */
export async function startPrometheus(
  directory: string,
  port: number,
  env: Readonly<Record<string, string>>,
): Promise<Prometheus> {
  const targets = join(directory, 'targets.json');
  const file = join(directory, 'prometheus.yaml');
  writeFileSync(targets, '[]');
  const scrape = {
    job_name: 'marquee',
    file_sd_configs: [{ files: [targets], refresh_interval: '1s' }],
  };
  const global = { scrape_interval: '500ms', scrape_timeout: '500ms', evaluation_interval: '5s' };
  writeFileSync(file, stringify({ global, scrape_configs: [scrape] }));
  const data = join(directory, 'prometheus');
  mkdirSync(data, { recursive: true });
  const child = startChild(
    'prometheus',
    [
      `--config.file=${file}`,
      `--storage.tsdb.path=${data}`,
      `--web.listen-address=127.0.0.1:${port}`,
      '--log.level=warn',
      '--query.lookback-delta=10s',
    ],
    { env, logFile: join(directory, 'prometheus.log') },
  );
  const url = `http://127.0.0.1:${port}`;
  await untilReady(`${url}/-/ready`, child);
  return {
    url,
    watch: (list) =>
      writeFileSync(
        targets,
        JSON.stringify(list.map(({ port: at, labels }) => ({ targets: [`127.0.0.1:${at}`], labels }))),
      ),
    stop: () => child.stop(5_000),
  };
}
