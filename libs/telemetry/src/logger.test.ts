import { describe, expect, test } from '@jest/globals';
import { createLogger, runWithCorrelation, silentLogger, type LogLevel } from './index.ts';

function recorder(level: LogLevel = 'debug') {
  const lines: Record<string, unknown>[] = [];
  const logger = createLogger({
    service: 'tickets',
    level,
    destination: { write: (line) => void lines.push(JSON.parse(line) as Record<string, unknown>) },
  });
  return { logger, lines };
}

describe('a log line', () => {
  test('names level, time, service, message and the correlation at hand', () => {
    const { logger, lines } = recorder();
    logger.info('open');
    runWithCorrelation({ correlationId: 'door-7', actor: 'system' }, () =>
      logger.warn({ port: 4000 }, 'slow'),
    );
    expect(lines[0]).toMatchObject({ level: 'info', service: 'tickets', message: 'open' });
    expect(lines[0]!.time).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
    expect(lines[0]).not.toHaveProperty('correlationId');
    expect(lines[1]).toMatchObject({ level: 'warn', correlationId: 'door-7', port: 4000, message: 'slow' });
  });

  test('carries the fields of a child, and may have fields alone', () => {
    const { logger, lines } = recorder();
    logger.child({ component: 'relay', password: 'x' }).error({ lag: 3n });
    expect(lines[0]).toMatchObject({ component: 'relay', password: '[redacted]', lag: '3', level: 'error' });
  });

  test('is written from its level on', () => {
    const { logger, lines } = recorder('warn');
    logger.debug('a');
    logger.info('b');
    logger.warn('c');
    expect(lines.map((line) => line.message)).toEqual(['c']);
    silentLogger.error('nothing');
  });
});

describe('redaction', () => {
  test('hides secrets by the names of their fields at any depth', () => {
    const { logger, lines } = recorder();
    logger.info({
      request: {
        headers: { Authorization: 'Bearer abc', cookie: 'a=1', 'x-marquee-viewer': 'v' },
        list: [{ apiKey: 'k' }],
      },
      accessToken: 't',
      internalSecret: 's',
      tokenCount: 3,
      nothing: { password: null },
    });
    expect(lines[0]).toMatchObject({
      request: {
        headers: { Authorization: '[redacted]', cookie: '[redacted]', 'x-marquee-viewer': '[redacted]' },
        list: [{ apiKey: '[redacted]' }],
      },
      accessToken: '[redacted]',
      internalSecret: '[redacted]',
      tokenCount: 3,
      nothing: { password: null },
    });
  });

  test('hides credentials inside text by their form', () => {
    const { logger, lines } = recorder();
    logger.info({ url: 'postgres://app:s3cret@db/tickets' }, 'sent Bearer abcdefgh.ijkl to nats://u:p@host');
    expect(lines[0]).toMatchObject({
      url: 'postgres://app:[redacted]@db/tickets',
      message: 'sent Bearer [redacted] to nats://u:[redacted]@host',
    });
  });

  test('unfolds an error with its causes', () => {
    const { logger, lines } = recorder();
    const cause = Object.assign(new Error('connect postgres://a:b@c refused'), {
      code: 'ECONNREFUSED',
      token: 't',
    });
    logger.error({ error: new Error('no answer', { cause }) }, 'failed');
    expect(lines[0]!.error).toMatchObject({
      type: 'Error',
      message: 'no answer',
      stack: expect.stringContaining('no answer'),
      cause: {
        message: 'connect postgres://a:[redacted]@c refused',
        code: 'ECONNREFUSED',
        token: '[redacted]',
      },
    });
  });

  test('limits depth, breadth and length', () => {
    const { logger, lines } = recorder();
    const deep = { a: { b: { c: { d: { e: { f: { g: 1 } } } } } } };
    const wide = Array.from({ length: 500 }, (_, index) => index);
    logger.info({
      deep,
      wide,
      long: 'x'.repeat(10_000),
      bytes: new Uint8Array(9),
      at: new Date(0),
      none: null,
    });
    expect(JSON.stringify(lines[0]!.deep)).toContain('[deeper]');
    expect(lines[0]!.wide).toHaveLength(100);
    expect((lines[0]!.long as string).length).toBeLessThan(8300);
    expect(lines[0]).toMatchObject({ bytes: '[9 bytes]', at: '1970-01-01T00:00:00.000Z', none: null });
  });
});
