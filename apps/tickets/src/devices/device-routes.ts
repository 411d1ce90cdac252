import { decodeId, encodeId, isUuid, type Outcome, type Refusal } from '@marquee/kernel';
import {
  BodyError,
  parseJsonBody,
  type HttpAnswer,
  type HttpExchange,
  type HttpRoute,
} from '@marquee/subgraph';
import { findLists } from '../check-in/list-rows.ts';
import { encodeDoorList } from '../door/index.ts';
import { scanTicket } from '../scans/scan-ticket.ts';
import type { Services } from '../services.ts';
import { answerJson, answerRefusal, identifyDevice, type DeviceCall } from './device-access.ts';
import { makeDoorList } from './make-door-list.ts';
import { enrolDevice } from './manage-devices.ts';
import { readReading, scanByDevice } from './scan-by-device.ts';
import { findUpload, takeChunk } from './uploads.ts';

export const devicePath = '/check-in/*';

/** What devices at doors call; docs/door-devices.md is their side of it. */
export function createDeviceRoute(services: Services): HttpRoute {
  return async (exchange) => {
    try {
      if (exchange.path === '/check-in/enrol') return await enrol(services, exchange);
      const known = await identifyDevice(services, exchange);
      return 'answer' in known ? known.answer : await serve(services, exchange, known.call);
    } catch (error) {
      if (error instanceof BodyError) return answerRefusal(error.status, error.code, error.message);
      throw error;
    }
  };
}

const nowhere = answerRefusal(404, 'NOT_FOUND', 'There is nothing here for a device.');

async function serve(services: Services, exchange: HttpExchange, call: DeviceCall): Promise<HttpAnswer> {
  const [what, id = '', ...more] = exchange.path.slice('/check-in/'.length).split('/');
  const search = new URLSearchParams(exchange.search);
  if (more.length > 0) return nowhere;
  switch (`${exchange.method} ${what}`) {
    case 'GET device':
      return answerJson(200, await welcome(services, call));
    case 'GET lists':
      return sendList(services, call, id, search.get('since'));
    case 'POST scans':
      return readOnline(services, call);
    case 'GET uploads':
      if (!isUuid(id)) return nowhere;
      return answerOutcome(await findUpload(services, call, id));
    case 'POST uploads':
      if (!isUuid(id)) return nowhere;
      return takeUpload(services, call, id, search);
    default:
      return nowhere;
  }
}

async function enrol(services: Services, exchange: HttpExchange): Promise<HttpAnswer> {
  if (exchange.method !== 'POST') return answerRefusal(405, 'METHOD_NOT_ALLOWED', 'Use POST.');
  const { code, publicKey, proof } = parseJsonBody(await exchange.body()) as Record<string, unknown>;
  if (typeof code !== 'string' || typeof publicKey !== 'string' || typeof proof !== 'string')
    return answerRefusal(400, 'BAD_REQUEST', 'code, publicKey and proof must be texts.');
  const enrolled = await enrolDevice(services, { code, publicKey, proof });
  return enrolled.ok ? answerJson(200, await welcome(services, enrolled.value)) : answerOutcome(enrolled);
}

/** What a device needs to know: who it is, what it may read on, the keys that tickets and lists are signed by. */
async function welcome(
  services: Services,
  { organisationId, device }: Pick<DeviceCall, 'organisationId' | 'device'>,
) {
  const lists = await services.database.read({ organisationId }, (tx) => findLists(tx, device.listIds));
  return {
    deviceId: device.id,
    name: device.name,
    gate: device.gate,
    organisationId,
    lists: lists.map(({ id, name, occurrenceId }) => ({
      id: encodeId('CheckInList', id),
      name,
      occurrenceId: encodeId('Occurrence', occurrenceId),
    })),
    ticketKeys: services.credentials.publicKeys(),
    now: Date.now(),
  };
}

async function sendList(
  services: Services,
  { organisationId, device }: DeviceCall,
  id: string,
  since: string | null,
): Promise<HttpAnswer> {
  const listId = decodeId('CheckInList', id);
  if (listId === null || !device.listIds.includes(listId)) return nowhere;
  if (since !== null && !/^\d{1,18}$/.test(since))
    return answerRefusal(400, 'BAD_REQUEST', 'since must be the version of a list.');
  const list = await services.database.read({ organisationId }, (tx) =>
    makeDoorList(tx, listId, since === null ? null : BigInt(since)),
  );
  if (!list) return nowhere;
  const headers = { 'content-type': 'application/octet-stream', 'cache-control': 'private, no-store' };
  return { status: 200, headers, body: encodeDoorList(list, services.credentials.signBytes) };
}

async function readOnline(services: Services, call: DeviceCall): Promise<HttpAnswer> {
  const reading = readReading(parseJsonBody(call.body));
  if (!reading.ok) return answerOutcome(reading);
  return answerJson(200, await scanByDevice(services, call, reading.value, scanTicket));
}

async function takeUpload(
  services: Services,
  call: DeviceCall,
  uploadId: string,
  search: URLSearchParams,
): Promise<HttpAnswer> {
  const [offset, length] = ['offset', 'length'].map((name) => Number(search.get(name) ?? 'none'));
  const isCount = (value: number | undefined): value is number => Number.isSafeInteger(value) && value! >= 0;
  if (!isCount(offset) || !isCount(length) || length === 0)
    return answerRefusal(400, 'BAD_REQUEST', 'offset and length must be numbers of bytes.');
  const bytes = Buffer.from(call.body, 'base64url');
  const { sentAtMs } = call;
  return answerOutcome(await takeChunk(services, call, { uploadId, offset, length, bytes, sentAtMs }));
}

const statuses: Readonly<Record<string, number>> = {
  NotFound: 404,
  DeviceRevoked: 403,
  InvalidInput: 422,
  EnrolmentRefused: 403,
};

function answerOutcome(outcome: Outcome<unknown, Refusal>): HttpAnswer {
  if (outcome.ok) return answerJson(200, outcome.value);
  const { kind, message } = outcome.refusal;
  const code = kind.replaceAll(/(?<=[a-z])[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
  return answerRefusal(statuses[kind] ?? 422, code, message);
}
