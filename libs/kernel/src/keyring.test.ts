import { expect, test } from '@jest/globals';
import { createHmac } from 'node:crypto';
import { deriveSecret, keyring } from './keyring.ts';

const old = 'the secret that everybody has known for a year';
const fresh = 'the secret that takes its place from now on';

test('one secret signs as it did before secrets had ids, so that releases understand each other', () => {
  const mac = createHmac('sha256', old).update('a payload').digest('base64url');
  expect(keyring(old).sign('a ', 'payload')).toBe(mac);
  expect(keyring(old).verify(mac, Buffer.from('a payload'))).toBe(true);
});

test('at each step of an exchange, whoever signs is verified by the step before and the step after', () => {
  const steps = [old, `${old},${fresh}`, `${fresh}, ${old}`, fresh].map(keyring);
  for (const [place, step] of steps.entries())
    for (const other of steps.slice(Math.max(place - 1, 0), place + 2)) {
      expect(other.verify(step.sign('it'), 'it')).toBe(true);
      expect(other.verify(step.sign('it'), 'something else')).toBe(false);
    }
});

test('what the old secret signed is refused once it is gone, and the new one before it is known', () => {
  expect(keyring(fresh).verify(keyring(old).sign('it'), 'it')).toBe(false);
  expect(keyring(fresh).verify(keyring(`${old},${fresh}`).sign('it'), 'it')).toBe(false);
  expect(keyring(old).verify(keyring(`${fresh},${old}`).sign('it'), 'it')).toBe(false);
});

test('a signature names the secret that it is verified with, and holds for no other', () => {
  const both = keyring(`${fresh},${old}`);
  const [idOfFresh, mac] = both.sign('it').split('~');
  const [idOfOld] = keyring(`${old},${fresh}`).sign('it').split('~');
  expect(idOfFresh).not.toBe(idOfOld);
  expect(both.verify(`${idOfOld}~${mac}`, 'it')).toBe(false);
  for (const wrong of ['', '~', `~${mac}`, `${mac}~`, `x~${idOfFresh}~${mac}`, `${idOfFresh}~`])
    expect(both.verify(wrong, 'it')).toBe(false);
});

test('a derived secret is exchanged together with the one it comes of', () => {
  const links = (text: string) => keyring(deriveSecret(text, 'links'));
  expect(links(`${old},${fresh}`).verify(links(`${fresh},${old}`).sign('it'), 'it')).toBe(true);
  expect(links(fresh).verify(links(old).sign('it'), 'it')).toBe(false);
  expect(keyring(old).verify(links(old).sign('it'), 'it')).toBe(false);
});
