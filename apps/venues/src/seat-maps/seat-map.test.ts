import { describe, expect, test } from '@jest/globals';
import { checkSeatMap, placesOf, seatMapLimits, type SeatMapDraft } from './seat-map.ts';

const seat = (label: string, x = 0) => ({ label, x, y: 0, accessible: false });
const row = (label: string, seats = 2) => ({
  label,
  seats: Array.from({ length: seats }, (_, index) => seat(`${index + 1}`, index)),
});
const section = (name: string, rows = [row('A')]) => ({ name, rows });
const draft = (change: Partial<SeatMapDraft> = {}): SeatMapDraft => ({
  sections: [section('Stalls', [row('A'), row('B')]), section('Balcony')],
  areas: [{ name: 'Floor', capacity: 100 }],
  ...change,
});

describe('checkSeatMap', () => {
  test('takes a map and trims its names', () => {
    const checked = checkSeatMap(draft({ sections: [section('  Stalls ', [row(' A ')])] }));
    expect(checked).toMatchObject({
      ok: true,
      value: { sections: [{ name: 'Stalls', rows: [{ label: 'A' }] }] },
    });
  });

  test('takes a map of areas alone, and one of sections alone', () => {
    expect(checkSeatMap(draft({ sections: [] })).ok).toBe(true);
    expect(checkSeatMap(draft({ areas: [] })).ok).toBe(true);
  });

  test('takes sections at their limit of seats', () => {
    const rows = Array.from({ length: 50 }, (_, index) => row(`${index}`, 100));
    expect(checkSeatMap(draft({ sections: [section('Stalls', rows)] })).ok).toBe(true);
  });

  const many = (count: number) => Array.from({ length: count }, (_, index) => index);
  const deep = draft({
    sections: [
      section('A'),
      section('B'),
      section('C', [{ label: '1', seats: many(6).map((index) => seat(`${index}`)) }]),
    ],
  });
  const withLastLabel = (label: string): SeatMapDraft => {
    const seats = deep.sections[2]!.rows[0]!.seats.with(5, seat(label));
    return { ...deep, sections: deep.sections.with(2, section('C', [{ label: '1', seats }])) };
  };

  test.each<[string, SeatMapDraft]>([
    ['sections', draft({ sections: [], areas: [] })],
    ['sections', draft({ sections: many(201).map((index) => section(`${index}`)) })],
    [
      'generalAdmissionAreas',
      draft({ areas: many(201).map((index) => ({ name: `${index}`, capacity: 1 })) }),
    ],
    [
      'sections',
      draft({
        sections: many(21).map((name) =>
          section(
            `${name}`,
            many(50).map((label) => row(`${label}`, 100)),
          ),
        ),
      }),
    ],
    ['sections[0].name', draft({ sections: [section('')] })],
    ['sections[0].name', draft({ sections: [section('x'.repeat(101))] })],
    ['sections[0].name', draft({ sections: [section('x'.repeat(1_000_000))] })],
    ['sections[1].name', draft({ sections: [section('Stalls'), section(' Stalls')] })],
    ['sections[0].rows', draft({ sections: [section('Stalls', [])] })],
    [
      'sections[0].rows',
      draft({
        sections: [
          section(
            'Stalls',
            many(501).map((label) => row(`${label}`, 1)),
          ),
        ],
      }),
    ],
    ['sections[0].rows', draft({ sections: [section('Stalls', [row('A', 5_001)])] })],
    ['sections[0].rows[1].label', draft({ sections: [section('Stalls', [row('A'), row('A')])] })],
    ['sections[0].rows[0].seats', draft({ sections: [section('Stalls', [row('A', 0)])] })],
    ['sections[2].rows[0].seats[5].label', withLastLabel('')],
    ['sections[2].rows[0].seats[5].label', withLastLabel('4')],
    ['sections[2].rows[0].seats[5].label', withLastLabel('a\u0000b')],
    ['sections[2].rows[0].seats[5].label', withLastLabel('\ud800')],
    ['sections[2].rows[0].seats[5].label', withLastLabel('x'.repeat(21))],
    [
      'sections[0].rows[0].seats[0].x',
      draft({ sections: [section('A', [{ label: '1', seats: [seat('1', 1e7)] }])] }),
    ],
    [
      'sections[0].rows[0].seats[0].y',
      draft({ sections: [section('A', [{ label: '1', seats: [{ ...seat('1'), y: Number.NaN }] }])] }),
    ],
    ['generalAdmissionAreas[0].name', draft({ areas: [{ name: 'Stalls', capacity: 1 }] })],
    ['generalAdmissionAreas[0].capacity', draft({ areas: [{ name: 'Floor', capacity: 0 }] })],
    ['generalAdmissionAreas[0].capacity', draft({ areas: [{ name: 'Floor', capacity: 1.5 }] })],
  ])('refuses with the path %s', (field, given) => {
    expect(checkSeatMap(given)).toMatchObject({ ok: false, refusal: { kind: 'InvalidInput', field } });
  });

  test('counts the places of sections and areas', () => {
    expect(placesOf(draft())).toBe(106);
    expect(seatMapLimits.seatsPerSection).toBe(5_000);
  });
});
