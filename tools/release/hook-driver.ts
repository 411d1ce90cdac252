import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { Analysis } from '../rehearse/controller.ts';
import { measure } from '../rehearse/measure.ts';
import type { Step } from './plan.ts';
import type { Driver } from './run.ts';
import { ReleaseError } from './error.ts';

const run = promisify(execFile);
/** Migrations of large tables take their time; nothing takes longer. */
const hookTimeoutMs = 3_600_000;

/**
 * Moves a platform by a program of the operator's (`HOOK migrate SERVICE`, `HOOK weight KIND SERVICE PERCENT`), and judges
 * by the analyses that the chart renders, one file a service and one for its consumers.
 */
export function hookDriver(options: {
  readonly hook: string;
  readonly analyses: string;
  /** Whether the hook knows how to "probe KIND SERVICE". */
  readonly probe?: boolean;
  readonly say: (text: string) => void;
}): Driver {
  const call = async (...args: string[]) => {
    try {
      await run(options.hook, args, { timeout: hookTimeoutMs });
    } catch (error) {
      const { stderr = '', message } = error as { stderr?: string; message: string };
      throw new ReleaseError(`${args.join(' ')}: ${stderr.trim() || message}`, { cause: error });
    }
  };
  return {
    migrate: (service) => call('migrate', service),
    setWeight: ({ kind, service }, percent) => call('weight', kind, service, `${percent}`),
    analysisOf: ({ kind, service }) => {
      const file = join(options.analyses, `${service}${kind === 'consumers' ? '-consumers' : ''}.json`);
      try {
        return JSON.parse(readFileSync(file, 'utf8')) as Analysis;
      } catch (cause) {
        throw new ReleaseError(`${file} cannot be read: without an analysis nothing is promoted`, { cause });
      }
    },
    measure: (analysis) => measure(analysis.prometheus, analysis),
    ...(options.probe && { probe: ({ kind, service }: Step) => call('probe', kind, service) }),
    now: () => performance.now(),
    wait: (ms) => wait(ms),
    say: options.say,
  };
}
