import { describe, expect, test } from '@jest/globals';
import { nextImportStep, type KnownImport } from './calendar-import.ts';

const earlier = new Date('2026-12-01T00:00:00Z');
const later = new Date('2026-12-02T00:00:00Z');
const known: KnownImport = {
  deleted: false,
  eventId: 'event',
  status: 'PUBLISHED',
  spaceId: null,
  sequence: 2,
  stamp: earlier,
  digest: 'a',
};
const incoming = { sequence: 2, stamp: later, digest: 'b', cancelled: false };

describe('nextImportStep', () => {
  test('makes what is new', () => {
    expect(nextImportStep(null, incoming)).toEqual({ kind: 'create' });
  });

  test('changes nothing where nothing is different, whatever the sequence', () => {
    expect(nextImportStep(known, { ...incoming, digest: 'a', sequence: 9 })).toEqual({
      kind: 'unchanged',
      warning: null,
    });
  });

  test('changes what is newer by sequence, or by stamp in the same sequence', () => {
    expect(nextImportStep(known, { ...incoming, sequence: 3, stamp: null })).toEqual({ kind: 'update' });
    expect(nextImportStep(known, incoming)).toEqual({ kind: 'update' });
    expect(nextImportStep({ ...known, stamp: null }, { ...incoming, stamp: earlier })).toEqual({
      kind: 'update',
    });
  });

  test('passes over what is older', () => {
    const older = { kind: 'unchanged', warning: expect.stringContaining('older') };
    expect(nextImportStep(known, { ...incoming, sequence: 1 })).toEqual(older);
    expect(nextImportStep({ ...known, stamp: later }, { ...incoming, stamp: earlier })).toEqual(older);
  });

  test('calls off what is cancelled, once, and brings nothing back', () => {
    expect(nextImportStep(known, { ...incoming, cancelled: true })).toEqual({ kind: 'cancel' });
    const cancelled = { ...known, status: 'CANCELLED' as const };
    expect(nextImportStep(cancelled, { ...incoming, cancelled: true })).toEqual({
      kind: 'unchanged',
      warning: null,
    });
    expect(nextImportStep(cancelled, incoming)).toMatchObject({ kind: 'refuse' });
  });
});
