import type { Call, Command } from '../command.ts';
import { exitCodes } from '../errors.ts';
import { workspaceRoot } from '../../start/config.ts';

async function run(call: Call): Promise<number> {
  // Here and not above: the compiler takes a while to load, which no other command should wait for.
  const [{ readEventFlow }, { toMermaid }] = await Promise.all([
    import('../flow/event-flow.ts'),
    import('../flow/diagram.ts'),
  ]);
  const flow = readEventFlow(workspaceRoot);
  if (call.flag('json')) {
    const published = [...flow.published].map(([type, files]) => ({ type, files }));
    await call.io.out(`${JSON.stringify({ published, consumers: flow.consumers })}\n`);
  } else await call.io.out(`${toMermaid(flow)}\n`);
  return exitCodes.done;
}

export const diagram: Command = {
  name: 'diagram',
  summary: 'Draws who publishes and consumes what, as Mermaid, from the code',
  forms: [''],
  notes: `Reads the sources, so it needs no running platform: the handler maps given to project and work, and the events that
are appended. docs/backbone/event-flow.md has the same, and npm run generate keeps it fresh.`,
  options: {},
  examples: ['diagram > flow.mmd'],
  run,
};
