import type { GatewayContext } from '../context.ts';

/** One fetch of a query plan, written once: only its variables differ from one execution to the next. */
export type Question = {
  readonly query: string;
  readonly operationName: string | undefined;
  /** A mutation is sent at most once, alone and by whoever asked. */
  readonly isMutation: boolean;
  /** The start of the request's body, up to its variables. */
  readonly head: string;
};

export function questionOf(query: string, operationName: string | undefined, isMutation: boolean): Question {
  const name = operationName === undefined ? '' : `"operationName":${JSON.stringify(operationName)},`;
  return {
    query,
    operationName,
    isMutation,
    head: `{"query":${JSON.stringify(query)},${name}"variables":`,
  };
}

export type ServiceError = {
  readonly message?: string;
  readonly path?: readonly (string | number)[];
  readonly extensions?: Readonly<Record<string, unknown>>;
};

/** What a service answered, its own to change: no two askers ever get the same object. */
export type ServiceAnswer = {
  readonly data?: Record<string, unknown> | null;
  readonly errors?: readonly ServiceError[];
};

/** A service of the supergraph as the executor asks it. */
export type Service = {
  /**
   * `variables` is JSON; `path` is where the answer belongs, as far as it is known. Throws a GraphQLError, typed by
   * its code, where the service did not answer.
   */
  ask(
    question: Question,
    variables: string,
    context: GatewayContext,
    path: readonly (string | number)[],
  ): Promise<ServiceAnswer>;
};
