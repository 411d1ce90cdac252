/** Seeded pseudo-random choices: the same seed always gives the same sequence, on every machine. */
export type Random = {
  /** Uniform in [0, 1). */
  next(): number;
  /** A whole number, both ends included. */
  int(min: number, max: number): number;
  chance(probability: number): boolean;
  pick<T>(list: readonly T[]): T;
  /** One of the keys, in proportion to its weight. */
  weighted<K extends string>(weights: Readonly<Record<K, number>>): K;
  /** A UUIDv7 of this instant whose random bits come from the seed. */
  uuid(atMs: number): string;
};

const hex = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** FNV-1a: spreads a seed's text over 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  }
  return value >>> 0;
}

/**
 * sfc32 (Chris Doty-Humphrey, PractRand). Give each part of a world its own seed text, so that drawing one number
 * more in one part does not change all others.
 */
export function createRandom(seed: string): Random {
  let a = hash(seed);
  let b = hash(`${seed}/b`);
  let c = hash(`${seed}/c`);
  let counter = 1;
  const bits = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum >>> 0;
  };
  for (let warmUp = 0; warmUp < 12; warmUp++) bits();
  const next = (): number => bits() / 2 ** 32;
  const int = (min: number, max: number): number => min + Math.floor(next() * (max - min + 1));
  return {
    next,
    int,
    chance: (probability) => next() < probability,
    pick: (list) => {
      if (list.length === 0) throw new RangeError('cannot pick from an empty list');
      return list[Math.floor(next() * list.length)]!;
    },
    weighted: (weights) => pickWeighted(next(), weights),
    uuid: (atMs) => formatUuid(atMs, bits(), bits(), bits()),
  };
}

function pickWeighted<K extends string>(draw: number, weights: Readonly<Record<K, number>>): K {
  const entries = Object.entries(weights) as [K, number][];
  let left = draw * entries.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [key, weight] of entries) {
    left -= weight;
    if (left < 0) return key;
  }
  return entries[entries.length - 1]![0];
}

function byte(bits: number, place: number): string {
  return hex[(bits >>> (place * 8)) & 0xff]!;
}

function formatUuid(atMs: number, x: number, y: number, z: number): string {
  const time = atMs.toString(16).padStart(12, '0');
  const version = hex[((x >>> 8) & 0x0f) | 0x70]! + byte(x, 0);
  const variant = hex[((y >>> 24) & 0x3f) | 0x80]! + byte(y, 2);
  const node = byte(y, 1) + byte(y, 0) + byte(z, 3) + byte(z, 2) + byte(z, 1) + byte(z, 0);
  return `${time.slice(0, 8)}-${time.slice(8)}-${version}-${variant}-${node}`;
}
