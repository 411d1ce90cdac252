import { existsSync } from 'node:fs';
import type { Browser } from 'playwright-core';

const executablePath = '/usr/bin/chromium';

/**
 * Whether Debian's Chromium is installed. Tests in it are shown as skipped where it is not: a stand-in for a browser would
 * prove nothing about its locks, its cookies or its cryptography.
 */
export const hasChromium = existsSync(executablePath);

/** Chromium without a window, with `args` beside what it needs in a container. */
export async function launchChromium(args: readonly string[] = []): Promise<Browser> {
  // Only where it is used: it is large.
  const { chromium } = await import('playwright-core');
  return chromium.launch({ executablePath, args: ['--no-sandbox', ...args] });
}
