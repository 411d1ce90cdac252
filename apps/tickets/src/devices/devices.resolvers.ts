import { decodeId, encodeId } from '@marquee/kernel';
import { toConnection } from '@marquee/postgres';
import {
  orBadInput,
  parseAll,
  parseId,
  parseKeysetPage,
  parseList,
  parseText,
  toResult,
} from '@marquee/subgraph';
import type { Resolvers } from '../generated/schema.ts';
import { whenParsed } from '../when-parsed.ts';
import { findAllDevices } from './device-rows.ts';
import { createDevice, renewEnrolmentCode, revokeDevice } from './manage-devices.ts';

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
        listIds: parseList('listIds', input.listIds, { min: 1, max: 100 }, (field, id) =>
          parseId('CheckInList', field, id),
        ),
      });
      const outcome = await whenParsed(parsed, (wanted) => createDevice(services, viewer, wanted));
      return toResult(outcome, ({ code, ...made }) => ({
        __typename: 'DeviceCreated',
        ...made,
        enrolmentCode: code,
      }));
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
