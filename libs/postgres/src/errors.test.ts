import { expect, test } from '@jest/globals';
import { isConnectionFailure, isDeadlock, isStatementTimeout, isUniqueViolation, sqlState } from './index.ts';
import { isQueryTimeout } from './errors.ts';

test('a violation is told by its code, wrapped by TypeORM or not', () => {
  const bare = { code: '23505', constraint: 'venue_name_key' };
  const wrapped = { code: undefined, driverError: bare };
  expect(isUniqueViolation(bare)).toBe(true);
  expect(isUniqueViolation(wrapped, 'venue_name_key')).toBe(true);
  expect(isUniqueViolation(wrapped, 'another_key')).toBe(false);
  expect(isUniqueViolation({ code: '23503' })).toBe(false);
  expect(isDeadlock({ code: '40P01' })).toBe(true);
});

test('a connection failure is told from a refusal of the server', () => {
  expect(isConnectionFailure({ code: 'ECONNREFUSED' })).toBe(true);
  expect(isConnectionFailure({ code: '08006' })).toBe(true);
  expect(isConnectionFailure({ code: '57P03' })).toBe(true);
  expect(isConnectionFailure(new AggregateError([{ code: 'ECONNREFUSED' }]))).toBe(true);
  expect(isConnectionFailure(new Error('Connection terminated unexpectedly'))).toBe(true);
  expect(isConnectionFailure({ code: '28P01' })).toBe(false);
  expect(isConnectionFailure(new Error('out of cheese'))).toBe(false);
});

test('what is no error of a database has no state', () => {
  for (const nothing of [null, undefined, 'text', 7]) {
    expect(sqlState(nothing)).toBeNull();
    expect(isConnectionFailure(nothing)).toBe(false);
    expect(isQueryTimeout(nothing)).toBe(false);
  }
});

test('time may run out at the server or here', () => {
  expect(isStatementTimeout({ code: '57014' })).toBe(true);
  expect(isStatementTimeout(new Error('Query read timeout'))).toBe(true);
  expect(isStatementTimeout({ code: '23505' })).toBe(false);
});
