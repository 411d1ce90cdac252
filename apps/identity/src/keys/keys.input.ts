import { isIP } from 'node:net';
import { accept, invalid, type InvalidInput, type Outcome } from '@marquee/kernel';
import { parseAll, parseId, parseInstant, parseInteger, parseOptional, parseText } from '@marquee/subgraph';
import type { CreateApiKeyInput, RotateApiKeyInput } from '../generated/schema.ts';
import { readEventIds, readKey, readScopes } from '../input.ts';

type Maybe<T> = T | null | undefined;

function isNetwork(text: string): boolean {
  const [address = '', bits, ...rest] = text.split('/');
  const family = isIP(address);
  if (family === 0 || rest.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128));
}

function readNetworks(networks: Maybe<readonly string[]>): Outcome<readonly string[] | null, InvalidInput> {
  if (!networks) return accept(null);
  const fits = networks.length >= 1 && networks.length <= 50 && networks.every(isNetwork);
  return fits
    ? accept(networks)
    : invalid('networks', 'must be 1 to 50 addresses or networks, such as 203.0.113.0/24');
}

export function readKeyRequest(input: CreateApiKeyInput, now: Date) {
  const scopes = readScopes(input.scopes);
  return parseAll({
    idempotencyKey: readKey(input),
    name: parseText('name', input.name, { max: 100 }),
    scopes: scopes.ok ? accept(scopes.value ?? []) : scopes,
    eventIds: readEventIds(input.eventIds),
    networks: readNetworks(input.networks),
    expiresAt: parseOptional(input.expiresAt, (at) => parseInstant('expiresAt', at, { min: now })),
  });
}

export function readRotation(input: RotateApiKeyInput) {
  return parseAll({
    idempotencyKey: readKey(input),
    keyId: parseId('ApiKey', 'apiKeyId', input.apiKeyId),
    overlapHours: parseInteger('overlapHours', input.overlapHours ?? 24, { min: 0, max: 168 }),
  });
}
