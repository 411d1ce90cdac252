import type { Command } from '../command.ts';
import { newPlugin } from './new-plugin.ts';
import { packCommand } from './pack.ts';
import { publishCommand } from './publish.ts';
import { testPlugin } from './test-plugin.ts';

/** For who writes plugins: `marquee plugin new` and the like. */
export const pluginCommands: readonly Command[] = [newPlugin, testPlugin, packCommand, publishCommand];
