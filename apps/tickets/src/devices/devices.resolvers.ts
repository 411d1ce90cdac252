import { decodeId, encodeId } from '@marquee/kernel';
import { toConnection } from '@marquee/postgres';
import {
  orBadInput,
  parseAll,
  parseId,
  parseKeysetPage,
  parseList,
  parseOptional,
  parseText,
  toResult,
} from '@marquee/subgraph';
import type { Resolvers } from '../generated/schema.ts';
import { whenParsed } from '../when-parsed.ts';
import { findAllDevices } from './device-rows.ts';
import { createDevice, renewEnrolmentCode, revokeDevice, updateDevice } from './manage-devices.ts';

const parseListIds = (ids: readonly string[]) =>
  parseList('listIds', ids, { min: 1, max: 100 }, (field, id) => parseId('CheckInList', field, id));

export const devicesResolvers: Resolvers = {
  Query: {
    devices: async (_, args, { services, viewer }) => {
      const page = orBadInput(parseKeysetPage(args, ['instant', 'uuid']));
      const devices = await services.database.read(viewer, (tx) => findAllDevices(tx, page));
      return toConnection(devices, page, ({ createdAt, id }) => [createdAt.toISOString(), id]);
    },
  },
  Mutation: {
    createDevice: async (_, { input }, { services, viewer }) => {
      const parsed = parseAll({
        name: parseText('name', input.name, { max: 100 }),
        gate: parseText('gate', input.gate ?? input.name, { max: 100 }),
        listIds: parseListIds(input.listIds),
      });
      const outcome = await whenParsed(parsed, (wanted) => createDevice(services, viewer, wanted));
      return toResult(outcome, ({ code, ...made }) => ({
        __typename: 'DeviceCreated',
        ...made,
        enrolmentCode: code,
      }));
    },
    updateDevice: async (_, { input }, { services, viewer }) => {
      const parsed = parseAll({
        deviceId: parseId('Device', 'deviceId', input.deviceId),
        name: parseOptional(input.name, (name) => parseText('name', name, { max: 100 })),
        gate: parseOptional(input.gate, (gate) => parseText('gate', gate, { max: 100 })),
        listIds: parseOptional(input.listIds, (ids) => parseListIds(ids)),
      });
      const outcome = await whenParsed(parsed, (wanted) => updateDevice(services, viewer, wanted));
      return toResult(outcome, (device) => ({ __typename: 'DeviceUpdated', device }));
    },
    renewEnrolmentCode: async (_, { deviceId }, { services, viewer }) => {
      const outcome = await whenParsed(parseId('Device', 'deviceId', deviceId), (id) =>
        renewEnrolmentCode(services, viewer, id),
      );
      return toResult(outcome, ({ code, ...made }) => ({
        __typename: 'EnrolmentCodeRenewed',
        ...made,
        enrolmentCode: code,
      }));
    },
    revokeDevice: async (_, { deviceId }, { services, viewer }) => {
      const outcome = await whenParsed(parseId('Device', 'deviceId', deviceId), (id) =>
        revokeDevice(services, viewer, id),
      );
      return toResult(outcome, (device) => ({ __typename: 'DeviceIsRevoked', device }));
    },
  },
  Device: {
    __resolveReference: ({ id }, { loaders, viewer }) => {
      const uuid = decodeId('Device', id);
      return uuid === null || !viewer.scopes.includes('tickets:manage') ? null : loaders.device.load(uuid);
    },
    id: ({ id }) => encodeId('Device', id),
    clockBehindMs: ({ clockBehindMs }) => (clockBehindMs === null ? null : BigInt(clockBehindMs)),
    checkInLists: async ({ listIds }, _, { loaders }) => {
      const lists = await Promise.all(listIds.map((id) => loaders.checkInList.load(id)));
      return lists.filter((list) => list !== null);
    },
  },
};
