import { pino, type DestinationStream, type Logger as PinoLogger } from 'pino';
import { currentCorrelation } from './correlation.ts';
import { logExporter } from './otlp-logs.ts';
import { redact, redactText } from './redaction.ts';

export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent';

/** Fields and a message, or a message alone. Give an error as the field `error`. */
export type LogMethod = {
  (fields: Readonly<Record<string, unknown>>, message?: string): void;
  (message: string): void;
};

export type Logger = {
  readonly debug: LogMethod;
  readonly info: LogMethod;
  readonly warn: LogMethod;
  readonly error: LogMethod;
  /** A logger that adds these fields to each line. */
  child(fields: Readonly<Record<string, unknown>>): Logger;
};

/**
 * One JSON line per entry on standard output (or `destination`): level, RFC 3339 time, service, the correlation id
 * of the work at hand, fields, message. Secrets are redacted by the names of their fields, and credentials inside
 * strings by their form. Where an OpenTelemetry SDK is registered it gets each line too.
 */
export function createLogger(options: {
  readonly service: string;
  readonly level: LogLevel;
  readonly destination?: { write(line: string): void };
}): Logger {
  const settings = {
    level: options.level,
    base: { service: options.service },
    timestamp: pino.stdTimeFunctions.isoTime,
    messageKey: 'message',
    formatters: {
      level: (label: string) => ({ level: label }),
      log: (fields: object) => redact(fields) as Record<string, unknown>,
    },
    mixin: () => {
      const correlation = currentCorrelation();
      return correlation ? { correlationId: correlation.correlationId } : {};
    },
  };
  return wrap(pino(settings, withExport(options.destination ?? pino.destination(1))));
}

function withExport(destination: { write(line: string): unknown }): DestinationStream {
  const send = logExporter();
  if (!send) return destination as DestinationStream;
  return {
    write: (line) => {
      destination.write(line);
      send(line);
    },
  };
}

/** Says nothing; for tests and for tools that print by themselves. */
export const silentLogger: Logger = createLogger({ service: 'silent', level: 'silent' });

function wrap(inner: PinoLogger): Logger {
  const method = (level: 'debug' | 'info' | 'warn' | 'error'): LogMethod => {
    return (first: unknown, second?: string) => {
      if (typeof first === 'string') inner[level](redactText(first));
      else inner[level](first as object, second === undefined ? undefined : redactText(second));
    };
  };
  return {
    debug: method('debug'),
    info: method('info'),
    warn: method('warn'),
    error: method('error'),
    child: (fields) => wrap(inner.child(redact(fields) as Record<string, unknown>)),
  };
}
