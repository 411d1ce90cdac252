import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { workspaceRoot } from '../start/config.ts';
import { tourEnvironment } from './config.ts';
import type { TestPlatform } from './platform.ts';
import { answersOf, blurLike, readTour, tourScript } from './tour.ts';

/** Runs the README's tour as its reader would, in a shell, and compares what is printed with what the page shows. */
export function describeReadme(platform: () => TestPlatform): void {
  describe('the README', () => {
    test('has a tour that really runs, with the answers that it shows', async () => {
      expect(await playTour(platform(), 'README.md')).toBeGreaterThan(10);
    });
  });
}

/** Runs the steps of a page and holds their answers against those that it shows. Answers how many there were. */
export async function playTour(platform: TestPlatform, page: string): Promise<number> {
  const { home, urls } = platform.running;
  const steps = readTour(readFileSync(join(workspaceRoot, page), 'utf8'));
  // What a reader has by default; here the platform has another port and home.
  const script = tourScript(steps).replaceAll('http://127.0.0.1:4000', urls.gateway);
  const beganMs = performance.now();
  const output = await runShell(script, home);
  expect(performance.now() - beganMs).toBeLessThan(120_000);
  answersOf(output, steps).forEach((answer, index) => {
    const { script: asked, expected } = steps[index]!;
    expect({ asked, answer: blurLike(answer, expected) }).toEqual({ asked, answer: expected });
  });
  return steps.length;
}

function runShell(script: string, home: string): Promise<string> {
  const shell = spawn('bash', ['-c', script], {
    cwd: workspaceRoot,
    env: tourEnvironment(home),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  shell.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  return new Promise((resolve, reject) => {
    shell.once('error', reject);
    shell.once('close', () => resolve(output));
  });
}
