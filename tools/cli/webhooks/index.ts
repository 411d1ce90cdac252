import type { Command } from '../command.ts';
import { listen } from './listen.ts';
import { replay } from './replay.ts';
import { trigger } from './trigger.ts';
import { verify } from './verify.ts';

/** For integrators: `marquee listen` and the like. */
export const webhookCommands: readonly Command[] = [listen, trigger, replay, verify];
