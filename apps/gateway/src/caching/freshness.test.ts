import { expect, test } from '@jest/globals';
import { createFreshness } from './freshness.ts';

function atTime() {
  const clock = { ms: 10_000, hears: true };
  const freshness = createFreshness({ hears: () => clock.hears, now: () => clock.ms });
  return { clock, freshness };
}

test('an answer is fresh until something of its organisation changes', () => {
  const { clock, freshness } = atTime();
  clock.ms += 60_000;
  expect(freshness.isFresh('ours', 10_000, 'ann')).toBe(true);
  freshness.changed('theirs');
  expect(freshness.isFresh('ours', 10_000, 'ann')).toBe(true);
  freshness.changed('ours');
  expect(freshness.isFresh('ours', 10_000, 'ann')).toBe(false);
});

test('after a change an older answer is given for half a second of its age, never longer', () => {
  const { clock, freshness } = atTime();
  const askedAtMs = clock.ms;
  clock.ms += 100;
  freshness.changed('ours');
  clock.ms = askedAtMs + 499;
  expect(freshness.isFresh('ours', askedAtMs, 'ann')).toBe(true);
  clock.ms = askedAtMs + 500;
  expect(freshness.isFresh('ours', askedAtMs, 'ann')).toBe(false);
});

test('what was asked for right after a change may lack it, for other services hear of it later', () => {
  const { clock, freshness } = atTime();
  freshness.changed('ours');
  const soon = clock.ms + 600;
  const later = clock.ms + 701;
  clock.ms += 30_000;
  expect(freshness.isFresh('ours', soon, 'ann')).toBe(false);
  expect(freshness.isFresh('ours', later, 'ann')).toBe(true);
});

test('nothing is fresh that is from before a gap, or while nothing is heard', () => {
  const { clock, freshness } = atTime();
  freshness.missed();
  expect(freshness.isFresh('ours', clock.ms, 'ann')).toBe(false);
  clock.ms += 1;
  expect(freshness.isFresh('ours', clock.ms, 'ann')).toBe(true);
  clock.hears = false;
  expect(freshness.isFresh('ours', clock.ms, 'ann')).toBe(false);
});

test('who changed something is given nothing kept until it must show', () => {
  const { clock, freshness } = atTime();
  const askedAtMs = clock.ms;
  clock.ms += 5_000;
  freshness.wrote('ann');
  expect(freshness.isFresh('ours', askedAtMs, 'ann')).toBe(false);
  expect(freshness.isFresh('ours', askedAtMs, 'ben')).toBe(true);
  clock.ms += 2_000;
  expect(freshness.isFresh('ours', askedAtMs, 'ann')).toBe(true);
});
