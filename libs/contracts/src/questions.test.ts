import { describe, expect, test } from '@jest/globals';
import { newUuid } from '@marquee/kernel';
import { Type } from 'typebox';
import { defineQuestion, faultsOf, questions } from './index.ts';

describe('a question', () => {
  test('is named service.what-is-asked.version', () => {
    for (const { name, description } of Object.values(questions)) {
      expect(name).toMatch(/^[a-z]+\.[a-z-]+\.v[1-9]\d*$/);
      expect(description.length).toBeGreaterThan(10);
    }
    const both = { request: Type.Object({}), answer: Type.Object({}), description: '' };
    for (const name of ['taken-seats.v1', 'tickets.taken-seats', 'tickets.*.v1', 'Tickets.seats.v1']) {
      expect(() => defineQuestion({ ...both, name })).toThrow(`not a question's name: ${name}`);
    }
  });

  test('tells the places where a request does not fit', () => {
    const { request } = questions.takenSeats;
    expect(faultsOf(request, { spaceId: newUuid(), seatIds: [newUuid()] })).toEqual([]);
    const faults = faultsOf(request, { spaceId: 'seven', seatIds: ['eight'] });
    expect(faults.map((fault) => fault.path)).toEqual(['/spaceId', '/seatIds/0']);
  });

  test('names no more than ten of many faults', () => {
    const seatIds = Array.from({ length: 40 }, () => 'x');
    expect(faultsOf(questions.takenSeats.request, { spaceId: newUuid(), seatIds }).length).toBeLessThan(11);
  });
});
