import { createFieldEncryption, createFileKeyManagement } from '@marquee/event-log';
import type { Database } from '@marquee/postgres';
import { scopesOf, signViewer, viewerHeader, type Role, type Viewer } from '@marquee/subgraph';
import { createMetrics, silentLogger } from '@marquee/telemetry';
import { temporaryDirectory } from '@marquee/testkit';
import { createGuestDeletion } from './guests/delete-guest.ts';
import { serveGuests } from './subgraph.ts';

const secret = 'a secret of the tests, long enough for the signature';

export type Answer = {
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- what a test asks for, it knows the shape of
  readonly data?: any;
  readonly errors?: readonly { readonly message: string; readonly extensions: Record<string, unknown> }[];
};

/** The subgraph as the gateway sees it, over HTTP. */
export async function serveForTest(database: Database) {
  let commits = 0;
  const { path } = await temporaryDirectory();
  const keys = await createFileKeyManagement({ path: `${path}/keys.json` });
  const encryption = createFieldEncryption({ keys });
  const subgraph = await serveGuests({
    host: '127.0.0.1',
    port: 0,
    internalSecret: secret,
    database,
    encryption,
    guestDeletion: createGuestDeletion(30),
    onCommit: () => commits++,
    readiness: {},
    metrics: createMetrics(),
    logger: silentLogger,
    onDrain: async () => undefined,
    stopOnSignals: false,
  });
  return {
    encryption,
    drain: () => subgraph.drain(),
    commits: () => commits,
    ask: async (viewer: Viewer, query: string, variables: object = {}): Promise<Answer> => {
      const response = await fetch(subgraph.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', [viewerHeader]: signViewer(viewer, secret) },
        body: JSON.stringify({ query, variables }),
      });
      return (await response.json()) as Answer;
    },
  };
}

export function viewerOf(organisationId: string, role: Role, email?: string): Viewer {
  const subject = `${role} ${email ?? ''}`;
  return { subject, organisationId, role, scopes: scopesOf(role), ...(email !== undefined && { email }) };
}

export const registerDocument = `mutation Register($input: RegisterGuestInput!) {
  registerGuest(input: $input) {
    __typename
    ... on GuestRegistered { guestId guest { id name email locale } }
    ... on InvalidInput { field }
    ... on Refusal { message }
  }
}`;
