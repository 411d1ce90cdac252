import { randomFillSync } from 'node:crypto';

/**
 * Ids are TypeIDs on the wire (`occ_01h455vb4pex5vsknk084sn02q`: type prefix, `_`, base-32 UUIDv7) and `uuid` in
 * the database. Source: TypeID specification 0.3, UUIDv7 of RFC 9562.
 */
export const idPrefixes = {
  Account: 'acc',
  ApiKey: 'key',
  App: 'app',
  CheckInList: 'cil',
  ConsentRecord: 'cns',
  Delivery: 'dlv',
  Device: 'dev',
  Event: 'evt',
  EventSeries: 'ser',
  FeeRule: 'fee',
  GeneralAdmissionArea: 'gaa',
  Guest: 'gst',
  Hold: 'hld',
  Invitation: 'ivt',
  Invoice: 'inv',
  Membership: 'mbr',
  Occurrence: 'occ',
  Order: 'ord',
  OrderLine: 'oln',
  Organisation: 'org',
  Payment: 'pay',
  PaymentPlan: 'ppl',
  PlatformCreditNote: 'pcn',
  PlatformInvoice: 'pin',
  Question: 'qst',
  PlaceBlock: 'blk',
  Plugin: 'plg',
  PriceTier: 'tir',
  PrivacyRequest: 'prq',
  Quota: 'quo',
  Refund: 'rfd',
  ResaleListing: 'rsl',
  Scan: 'scn',
  Seat: 'sea',
  SeatMap: 'map',
  Section: 'sec',
  Space: 'spc',
  SignInSession: 'sis',
  SpaceBooking: 'bkg',
  TaxRate: 'tax',
  Ticket: 'tkt',
  TicketType: 'tty',
  Transfer: 'xfr',
  Venue: 'ven',
  Viewer: 'vwr',
  Voucher: 'vch',
  WaitlistEntry: 'wle',
  WebhookEndpoint: 'whe',
} as const;

export type EntityType = keyof typeof idPrefixes;

const typeByPrefix = new Map(
  Object.entries(idPrefixes).map(([type, prefix]) => [prefix, type as EntityType]),
);
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';
const digitOf = new Map([...alphabet].map((character, digit) => [character, BigInt(digit)]));
const suffixPattern = /^[0-7][0-9a-hjkmnp-tv-z]{25}$/;
const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Random bytes for 256 ids at a time: asked for one by one they were most of an id's cost. */
const pool = Buffer.alloc(256 * 16);
let used = pool.length;

/** A fresh UUIDv7: 48 bits of Unix milliseconds, then random bits, so that ids made later sort later. */
export function newUuid(nowMs: number = Date.now()): string {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  const bytes = pool.subarray(used, (used += 16));
  bytes.writeUIntBE(nowMs, 0, 6);
  bytes[6] = (bytes[6]! & 0x0f) | 0x70;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  return formatUuid(bytes.toString('hex'));
}

export function isUuid(value: string): boolean {
  return uuidPattern.test(value);
}

/** `uuid` in its wire form for this entity type. Throws on a malformed uuid: that is a fault of ours. */
export function encodeId(type: EntityType, uuid: string): string {
  if (!isUuid(uuid)) throw new TypeError(`not a uuid: ${uuid}`);
  let rest = BigInt(`0x${uuid.replaceAll('-', '')}`);
  let suffix = '';
  for (let place = 0; place < 26; place++) {
    suffix = alphabet[Number(rest & 31n)]! + suffix;
    rest >>= 5n;
  }
  return `${idPrefixes[type]}_${suffix}`;
}

/** The uuid inside a wire id of this type, or null where it is malformed or of another type. */
export function decodeId(type: EntityType, id: string): string | null {
  const parsed = parseId(id);
  return parsed?.type === type ? parsed.uuid : null;
}

/** What a wire id names, or null where it names nothing of ours. */
export function parseId(id: string): { readonly type: EntityType; readonly uuid: string } | null {
  const separator = id.lastIndexOf('_');
  const type = typeByPrefix.get(id.slice(0, separator) as (typeof idPrefixes)[EntityType]);
  const suffix = id.slice(separator + 1);
  if (separator < 1 || !type || !suffixPattern.test(suffix)) return null;
  const value = [...suffix].reduce((sum, character) => (sum << 5n) | digitOf.get(character)!, 0n);
  return { type, uuid: formatUuid(value.toString(16).padStart(32, '0')) };
}

function formatUuid(hex: string): string {
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
