export {
  decodeBatch,
  encodeBatch,
  mostReadings,
  readingId,
  type DoorBatch,
  type OfflineReading,
} from './batch-format.ts';
export { FormatError } from './bytes.ts';
export {
  isSignedBy,
  readDeviceSignature,
  signDeviceRequest,
  type DeviceClaim,
  type DeviceRequest,
} from './device-signature.ts';
export { createOfflineDoor, type OfflineDoor, type OfflineVerdict } from './offline-door.ts';
export { decodeDoorList, encodeDoorList, type DoorList, type ListedTicket } from './list-format.ts';
export { packAnswer, packMessage, readAnswer, readMessage } from './mqtt-format.ts';
export { memoryStorage, type DoorStorage } from './storage.ts';
export type { DoorTransport } from './transport.ts';
