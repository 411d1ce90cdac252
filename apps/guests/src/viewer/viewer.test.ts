import { expect, test } from '@jest/globals';
import { encodeId } from '@marquee/kernel';
import { viewerId } from './viewer.ts';

test("a viewer's id is its account's under another prefix", () => {
  const uuid = '0197a000-0000-7000-8000-000000000001';
  expect(viewerId(uuid)).toMatch(/^vwr_[0-9a-z]{26}$/);
  expect(viewerId(encodeId('Account', uuid))).toBe(viewerId(uuid));
});

test('a subject that is no account keeps its name, and two subjects never share an id', () => {
  expect(viewerId('demo organiser')).toBe('vwr_demo%20organiser');
  expect(viewerId('a b')).not.toBe(viewerId('a%20b'));
});
