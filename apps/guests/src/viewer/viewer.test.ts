import { expect, test } from '@jest/globals';
import { viewerId } from './viewer.ts';

test('an account has the wire id of its UUID', () => {
  expect(viewerId('0197a000-0000-7000-8000-000000000001')).toMatch(/^vwr_[0-9a-z]{26}$/);
});

test('a subject that is no UUID keeps its name, and two subjects never share an id', () => {
  expect(viewerId('demo organiser')).toBe('vwr_demo%20organiser');
  expect(viewerId('a b')).not.toBe(viewerId('a%20b'));
});
