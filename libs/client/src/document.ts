/** An operation with the types of what it takes and answers. */
export type TypedDocument<Result, Variables> = {
  readonly name: string;
  readonly kind: 'query' | 'mutation' | 'subscription';
  /** What the gateway knows it by, where it is registered. */
  readonly id: `sha256:${string}`;
  readonly source: string;
  /** Never there: it only carries the types. */
  readonly types?: { readonly result: Result; readonly variables: Variables };
};

/** What an operation answers. */
export type ResultOf<D> = D extends TypedDocument<infer Result, infer _Variables> ? Result : never;

/** What an operation takes. */
export type VariablesOf<D> = D extends TypedDocument<infer _Result, infer Variables> ? Variables : never;
