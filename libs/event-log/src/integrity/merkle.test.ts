import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { addLeaf, emptyFrontier, foldRoots, frontierRoot, type Frontier } from './frontier.ts';
import {
  consistencyRanges,
  emptyRoot,
  inclusionRanges,
  leafHash,
  merkleRoot,
  verifyConsistency,
  verifyInclusion,
  type Hash,
  type LeafRange,
} from './merkle.ts';

/** The inputs and roots that the implementations of Certificate Transparency test themselves with. */
const inputs = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
];
const roots = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];
const vectorLeaves = inputs.map((hex) => leafHash(Buffer.from(hex, 'hex')));

const leavesOf = (count: number) =>
  Array.from({ length: count }, (_, index) => leafHash(Buffer.from([index & 255, index >> 8])));
const hashesOf = (leaves: readonly Hash[], ranges: readonly LeafRange[]) =>
  ranges.map(({ start, end }) => merkleRoot(leaves.slice(start, end)));
const hex = (hashes: readonly Hash[]) => hashes.map((hash) => hash.toString('hex'));

describe('the test vectors of Certificate Transparency', () => {
  test.each(roots.map((root, size) => [size, root] as const))('have the root of %i leaves', (size, root) => {
    expect(merkleRoot(vectorLeaves.slice(0, size)).toString('hex')).toBe(root);
  });

  test('have these inclusion proofs', () => {
    expect(hashesOf(vectorLeaves, inclusionRanges(0, 1))).toEqual([]);
    expect(hex(hashesOf(vectorLeaves, inclusionRanges(0, 8)))).toEqual([
      '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
    ]);
    expect(hex(hashesOf(vectorLeaves, inclusionRanges(5, 8)))).toEqual([
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ]);
    expect(hex(hashesOf(vectorLeaves, inclusionRanges(2, 3)))).toEqual([
      'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
    ]);
  });

  test('have these consistency proofs', () => {
    expect(hex(hashesOf(vectorLeaves, consistencyRanges(1, 8)))).toEqual([
      '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
    ]);
    expect(hex(hashesOf(vectorLeaves, consistencyRanges(6, 8)))).toEqual([
      '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ]);
    expect(hex(hashesOf(vectorLeaves, consistencyRanges(2, 5)))).toEqual([
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
    ]);
  });
});

const sizeAndIndex = fc
  .integer({ min: 1, max: 300 })
  .chain((size) => fc.record({ size: fc.constant(size), index: fc.nat(size - 1) }));
const twoSizes = fc
  .integer({ min: 0, max: 300 })
  .chain((size) => fc.record({ size: fc.constant(size), from: fc.nat(size) }));

describe('a proof of inclusion', () => {
  test('holds for every leaf of every tree, and has no more hashes than the tree has levels', () => {
    fc.assert(
      fc.property(sizeAndIndex, ({ size, index }) => {
        const leaves = leavesOf(size);
        const path = hashesOf(leaves, inclusionRanges(index, size));
        expect(path.length).toBeLessThanOrEqual(Math.ceil(Math.log2(size)));
        expect(verifyInclusion({ index, size, path }, leaves[index]!, merkleRoot(leaves))).toBe(true);
      }),
    );
  });

  test('holds for no other leaf, place, root, or path', () => {
    fc.assert(
      fc.property(sizeAndIndex, fc.nat(), fc.nat(255), ({ size, index }, at, bit) => {
        const leaves = leavesOf(size);
        const root = merkleRoot(leaves);
        const proof = { index, size, path: hashesOf(leaves, inclusionRanges(index, size)) };
        const other = leafHash(Buffer.from('other'));
        expect(verifyInclusion(proof, other, root)).toBe(false);
        expect(verifyInclusion(proof, leaves[index]!, flip(root, bit))).toBe(false);
        expect(verifyInclusion({ ...proof, path: [...proof.path, other] }, leaves[index]!, root)).toBe(false);
        if (size > 1) {
          const elsewhere = (index + 1 + (at % (size - 1))) % size;
          expect(verifyInclusion({ ...proof, index: elsewhere }, leaves[index]!, root)).toBe(false);
          const path = proof.path.map((hash, place) =>
            place === at % proof.path.length ? flip(hash, bit) : hash,
          );
          expect(verifyInclusion({ ...proof, path }, leaves[index]!, root)).toBe(false);
          expect(verifyInclusion({ ...proof, path: proof.path.slice(1) }, leaves[index]!, root)).toBe(false);
        }
      }),
    );
  });

  test('that is nonsense is false and does not throw', () => {
    const leaf = leafHash(Buffer.from('x'));
    for (const [index, size] of [
      [-1, 1],
      [1, 1],
      [0.5, 1],
      [0, 0],
      [0, Number.NaN],
      [2 ** 60, 2 ** 61],
    ] as const)
      expect(verifyInclusion({ index, size, path: [] }, leaf, leaf)).toBe(false);
    expect(verifyInclusion({ index: 0, size: 2, path: [Buffer.alloc(31)] }, leaf, leaf)).toBe(false);
  });
});

describe('a proof of consistency', () => {
  test('holds from every size to every later size', () => {
    fc.assert(
      fc.property(twoSizes, ({ from, size }) => {
        const leaves = leavesOf(size);
        const path = hashesOf(leaves, consistencyRanges(from, size));
        const old = merkleRoot(leaves.slice(0, from));
        expect(verifyConsistency({ from, size, path }, old, merkleRoot(leaves))).toBe(true);
      }),
    );
  });

  test('holds from no tree with one leaf changed, nor with a changed path', () => {
    fc.assert(
      fc.property(twoSizes, fc.nat(), fc.nat(255), ({ from, size }, at, bit) => {
        fc.pre(from > 0);
        const leaves = leavesOf(size);
        const changed = leaves
          .slice(0, from)
          .map((leaf, index) => (index === at % from ? flip(leaf, bit) : leaf));
        const path = hashesOf(leaves, consistencyRanges(from, size));
        const proof = { from, size, path };
        const [old, root] = [merkleRoot(leaves.slice(0, from)), merkleRoot(leaves)];
        expect(verifyConsistency(proof, merkleRoot(changed), root)).toBe(false);
        expect(verifyConsistency(proof, old, flip(root, bit))).toBe(false);
        expect(verifyConsistency({ ...proof, path: [...path, root] }, old, root)).toBe(false);
        if (path.length === 0) return;
        const forged = path.map((hash, place) => (place === at % path.length ? flip(hash, bit) : hash));
        expect(verifyConsistency({ ...proof, path: forged }, old, root)).toBe(false);
      }),
    );
  });

  test('that is nonsense is false and does not throw', () => {
    for (const [from, size] of [
      [2, 1],
      [-1, 1],
      [0.5, 2],
      [1, Number.NaN],
    ] as const)
      expect(verifyConsistency({ from, size, path: [] }, emptyRoot, emptyRoot)).toBe(false);
  });
});

describe('a frontier', () => {
  test('has the root of all its leaves, and its completed nodes make up every range of a proof', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 300 }), fc.nat(), (size, at) => {
        const leaves = leavesOf(size);
        const nodes = new Map<string, Hash>();
        let frontier: Frontier = emptyFrontier;
        for (const leaf of leaves) {
          const added = addLeaf(frontier, leaf);
          frontier = added.frontier;
          for (const { level, index, hash } of added.completed) nodes.set(`${level}/${index}`, hash);
        }
        expect(frontier.size).toBe(size);
        expect(frontierRoot(frontier)).toEqual(merkleRoot(leaves));
        if (size < 2) return;
        const [{ start, end }] = inclusionRanges(at % size, size) as [LeafRange];
        const parts: Hash[] = [];
        for (let place = start; place < end;) {
          let level = 0;
          while (place % 2 ** (level + 1) === 0 && place + 2 ** (level + 1) <= end) level++;
          parts.push(nodes.get(`${level}/${place / 2 ** level}`)!);
          place += 2 ** level;
        }
        expect(foldRoots(parts)).toEqual(merkleRoot(leaves.slice(start, end)));
      }),
    );
  });
});

function flip(hash: Hash, bit: number): Hash {
  const flipped = Buffer.from(hash);
  flipped[bit >> 3]! ^= 1 << (bit & 7);
  return flipped;
}
