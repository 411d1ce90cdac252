import type { Call, Command } from '../command.ts';
import { exitCodes, UsageError } from '../errors.ts';
import { hubOptions, withHub } from './hub-client.ts';

export const replay: Command = {
  name: 'replay',
  isTopLevel: true,
  summary: 'Has webhooks delivered once more: of an endpoint, of an event, or one delivery',
  forms: ['--endpoint ID [--from INSTANT] [--to INSTANT]', '--event ID', '--delivery ID'],
  notes: 'Under the same webhook-id. 10,000 at a time, the oldest first.',
  options: {
    endpoint: { value: 'ID', help: 'such as whe_…' },
    event: { value: 'ID', help: "an event's id, as in the message: to every endpoint that it went to" },
    delivery: { value: 'ID', help: 'such as dlv_…' },
    from: { value: 'INSTANT', help: 'events that occurred since, such as 2027-03-20T19:00:00Z' },
    to: { value: 'INSTANT', help: 'events that occurred before' },
    exhausted: { help: 'only what was given up' },
    ...hubOptions,
  },
  examples: ['replay --endpoint whe_01h455vb4pex5vsknk084sn02q --from 2027-03-20T19:00:00Z --exhausted'],
  run: (call) => {
    const input = readInput(call);
    return withHub(call, async (hub) => {
      type Started = { readonly count: number; readonly more: boolean };
      const { count, more } = await hub.ask<Started>(start, { input });
      const text = `${count} delivered once more${more ? '; there are more: run it again' : ''}`;
      await call.io.out(call.flag('json') ? `${JSON.stringify({ count, more })}\n` : `${text}\n`);
      return exitCodes.done;
    });
  },
};

function readInput(call: Call): Readonly<Record<string, unknown>> {
  const [endpointId, eventId, deliveryId] = ['endpoint', 'event', 'delivery'].map((name) => call.text(name));
  if (!endpointId && !eventId && !deliveryId)
    throw new UsageError('Say what to replay: --endpoint, --event or --delivery.');
  const input = { endpointId, eventId, deliveryId, from: call.text('from'), to: call.text('to') };
  return { ...input, onlyExhausted: call.flag('exhausted') };
}

const start = `mutation Replay($input: ReplayDeliveriesInput!) {
  replayDeliveries(input: $input) { ... on ReplayStarted { count more } ... on Refusal { message } }
}`;
