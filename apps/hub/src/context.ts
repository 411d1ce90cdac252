import type { Viewer } from '@marquee/subgraph';

/** What a resolver may see. */
export type Context = { readonly viewer: Viewer };
