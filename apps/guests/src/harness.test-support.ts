import { createFieldEncryption, createFileKeyManagement } from '@marquee/event-log';
import type { Database } from '@marquee/postgres';
import { scopesOf, type Role, type Viewer } from '@marquee/subgraph';
import { temporaryDirectory } from '@marquee/testkit';
import { askGraph, servedForTest } from '@marquee/testkit/graph';
import { createGuestDeletion } from './guests/delete-guest.ts';
import { serveGuests } from './subgraph.ts';

/** The subgraph as the gateway sees it, over HTTP. */
export async function serveForTest(database: Database) {
  let commits = 0;
  const { path } = await temporaryDirectory();
  const keys = await createFileKeyManagement({ path: `${path}/keys.json` });
  const encryption = createFieldEncryption({ keys });
  const subgraph = await serveGuests({
    ...servedForTest(),
    database,
    encryption,
    guestDeletion: createGuestDeletion(30),
    onCommit: () => commits++,
  });
  return {
    encryption,
    drain: () => subgraph.drain(),
    commits: () => commits,
    ask: askGraph(subgraph.url),
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
