import { isUuid } from '@marquee/kernel';
import type { Messaging, MqttAnswer, MqttMessage } from '@marquee/messaging';
import { BodyError, parseJsonBody } from '@marquee/subgraph';
import { packAnswer, readMessage } from '../door/index.ts';
import { scanTicket } from '../scans/scan-ticket.ts';
import type { Services } from '../services.ts';
import { knowDevice } from './device-access.ts';
import { readReading, scanByDevice, type DeviceVerdict } from './scan-by-device.ts';

/** A reading is below 3 kB. Of what is larger than the broker keeps the sender hears nothing. */
const mostBytes = 4_096;
const mostKeptBytes = 65_536;

type Refused = { readonly error: { readonly code: string; readonly message: string } };

/** Turnstiles that speak MQTT; docs/door-devices.md is their side of it. */
export function readTurnstiles(services: Services, messaging: Pick<Messaging, 'readMqtt'>): void {
  messaging.readMqtt({
    name: 'turnstiles',
    topic: 'check-in/+/scans',
    // Below the connections of the pool, which those who buy need as well.
    concurrency: 5,
    maxBytes: mostKeptBytes,
    handler: (message) => answerTurnstile(services, message),
  });
}

/** Answers on the topic of the device whose topic it came on, and nobody where there can be no such device. */
export async function answerTurnstile(services: Services, message: MqttMessage): Promise<MqttAnswer | null> {
  const [deviceId = ''] = message.places;
  if (!isUuid(deviceId)) return null;
  const topic = message.topic.replace(/scans$/, 'answers');
  const body = JSON.stringify(await judge(services, deviceId, message));
  return { topic, payload: packAnswer({ topic, body }, services.credentials.signBytes) };
}

async function judge(
  services: Services,
  deviceId: string,
  { topic, payload, receivedAt }: MqttMessage,
): Promise<DeviceVerdict | Refused> {
  const refused = (code: string, message: string): Refused => ({ error: { code, message } });
  if (payload.length > mostBytes) return refused('TOO_LARGE', `A reading has at most ${mostBytes} bytes.`);
  const signed = readMessage(topic, payload);
  // A device speaks on its own topic alone, or another would get its answer.
  const own = signed?.claim.deviceId === deviceId ? signed : null;
  const known = await knowDevice(services, own?.claim ?? null, own?.request ?? noRequest, receivedAt);
  if ('fault' in known) return refused(known.fault.code, known.fault.message);
  try {
    const reading = readReading(parseJsonBody(known.call.body));
    if (!reading.ok) return refused('INVALID_INPUT', reading.refusal.message);
    return await scanByDevice(services, known.call, reading.value, scanTicket);
  } catch (error) {
    if (error instanceof BodyError) return refused(error.code, error.message);
    throw error;
  }
}

const noRequest = { method: 'PUBLISH', target: '', body: '' };
