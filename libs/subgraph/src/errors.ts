import { unwrapResolverError } from '@apollo/server/errors';
import { currentCorrelation, type Logger } from '@marquee/telemetry';
import type { GraphQLError, GraphQLFormattedError } from 'graphql';
import { graphError, type ErrorCode } from './error-codes.ts';

/** Longer messages only echo what the caller sent: a 1 MB string where a number belongs comes back whole otherwise. */
const maxMessageLength = 500;

const faultCode: ErrorCode = 'INTERNAL_SERVER_ERROR';

/** Nobody, or nobody we can tell, is asking. */
export function unauthenticated(message = 'Sign in to ask for this.'): GraphQLError {
  return graphError('UNAUTHENTICATED', message);
}

/** The viewer is known and may not. */
export function forbidden(message: string): GraphQLError {
  return graphError('FORBIDDEN', message);
}

function shorten(message: string): string {
  return message.length <= maxMessageLength ? message : `${message.slice(0, maxMessageLength)}…`;
}

/**
 * What a caller may see of an error. What was thrown with a code of its own, and what the caller did wrong, passes;
 * anything else is a fault of ours: logged whole with the correlation id, and answered with the id alone.
 */
export function maskFault(
  formatted: GraphQLFormattedError,
  error: unknown,
  logger: Logger,
): GraphQLFormattedError {
  const correlationId = currentCorrelation()?.correlationId;
  const code = formatted.extensions?.['code'];
  if (typeof code === 'string' && code !== faultCode) {
    const extensions: Record<string, unknown> = {
      ...formatted.extensions,
      ...(correlationId && { correlationId }),
    };
    delete extensions['stacktrace'];
    return { ...formatted, message: shorten(formatted.message), extensions };
  }
  // A subgraph has masked and logged its fault already; the gateway passes its words on.
  const alreadyMasked = typeof formatted.extensions?.['correlationId'] === 'string';
  if (!alreadyMasked) {
    logger.error(
      { error: unwrapResolverError(error), path: formatted.path?.join('.') },
      'a request met a fault',
    );
  }
  return {
    message: faultMessage(correlationId),
    ...(formatted.path && { path: formatted.path }),
    ...(formatted.locations && { locations: formatted.locations }),
    extensions: {
      code: faultCode,
      ...(correlationId && { correlationId }),
      ...(typeof formatted.extensions?.['serviceName'] === 'string' && {
        serviceName: formatted.extensions['serviceName'],
      }),
    },
  };
}

function faultMessage(correlationId: string | undefined): string {
  const reference = correlationId ? ` Quote ${correlationId} when you report it.` : '';
  return `Something went wrong on our side.${reference}`;
}
