import { logs, SeverityNumber, type AnyValueMap } from '@opentelemetry/api-logs';
import { correlationAttribute } from './span.ts';

type Line = Readonly<Record<string, unknown>> & { readonly level: string; readonly time: string };

const severities: Readonly<Record<string, SeverityNumber>> = {
  debug: SeverityNumber.DEBUG,
  info: SeverityNumber.INFO,
  warn: SeverityNumber.WARN,
  error: SeverityNumber.ERROR,
};

/**
 * What sends the lines of a logger to OpenTelemetry too, under the span at hand; undefined where no SDK takes logs. It is
 * given the line that was written, so that nothing leaves the process which redaction has not seen.
 */
export function logExporter(): ((line: string) => void) | undefined {
  const logger = logs.getLogger('marquee');
  if (!logger.enabled()) return undefined;
  return (written) => {
    const { level, time, message, service: _service, correlationId, ...fields } = JSON.parse(written) as Line;
    logger.emit({
      timestamp: new Date(time),
      severityText: level,
      ...(severities[level] && { severityNumber: severities[level] }),
      body: typeof message === 'string' ? message : '',
      attributes: {
        ...fields,
        ...(correlationId !== undefined && { [correlationAttribute]: correlationId }),
      } as AnyValueMap,
    });
  };
}
