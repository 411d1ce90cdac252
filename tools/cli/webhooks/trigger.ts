import type { Command } from '../command.ts';
import { exitCodes, UsageError } from '../errors.ts';
import { hubOptions, withHub } from './hub-client.ts';

export const trigger: Command = {
  name: 'trigger',
  isTopLevel: true,
  summary: 'Sends a sample of an event, marked as a test, to a webhook endpoint',
  forms: ['TYPE --endpoint ID'],
  notes:
    'Of any type, whether the endpoint takes such events or not. What became of it is in the delivery log.',
  options: { endpoint: { value: 'ID', help: 'such as whe_…' }, ...hubOptions },
  examples: ['trigger tickets.order-paid.v1 --endpoint whe_01h455vb4pex5vsknk084sn02q'],
  run: (call) => {
    const [eventType, ...rest] = call.words;
    const endpointId = call.text('endpoint');
    if (!eventType || rest.length > 0) throw new UsageError('Name one type, such as tickets.order-paid.v1.');
    if (!endpointId) throw new UsageError('Name the endpoint: --endpoint ID.');
    return withHub(call, async (hub) => {
      type Sent = { readonly delivery: { readonly id: string } };
      const { delivery } = await hub.ask<Sent>(send, { input: { endpointId, eventType } });
      await call.io.out(
        call.flag('json') ? `${JSON.stringify({ delivery: delivery.id })}\n` : `Sent as ${delivery.id}\n`,
      );
      return exitCodes.done;
    });
  },
};

const send = `mutation Trigger($input: SendTestEventInput!) {
  sendTestEvent(input: $input) { ... on TestEventSent { delivery { id } } ... on Refusal { message } }
}`;
