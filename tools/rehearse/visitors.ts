import { mkdirSync } from 'node:fs';
import { newUuid } from '@marquee/kernel';
import { scopesOf, type Role, type Viewer } from '@marquee/subgraph';
import { createGraphClient } from '../client/graph-client.ts';
import { ensureKeys, issueToken } from '../token/issuer.ts';

/** People of one organisation, signed by an issuer that lives as long as the rehearsal. */
export type Visitors = {
  readonly jwksFile: string;
  /** Of a guest, who reads. */
  readonly token: string;
  /** The same guest as a gateway tells subgraphs. */
  readonly viewer: Viewer;
  /** Asks once, and throws where the answer has errors. */
  ask<T = unknown>(url: string, query: string): Promise<T>;
  /** An organiser adds a venue: that N and N+1 can still write. */
  addVenue(url: string, name: string): Promise<void>;
};

const addVenue = `mutation ($input: CreateVenueInput!) {
  createVenue(input: $input) { ... on VenueCreated { venue { id } } ... on Refusal { message } }
}`;

export async function makeVisitors(directory: string): Promise<Visitors> {
  mkdirSync(directory, { recursive: true });
  const organisationId = newUuid();
  const tokenOf = (role: Role) => {
    const email = `${role.toLowerCase()}@example.com`;
    return issueToken(directory, { role, organisationId, email, name: email });
  };
  const [guest, organiser] = [await tokenOf('GUEST'), await tokenOf('ORGANISER')];
  const send = async <T>(url: string, token: string, ...query: [string, Record<string, unknown>?]) => {
    const client = createGraphClient({ url: `${url}/graphql`, token });
    try {
      return await client.query<T>(...query);
    } finally {
      await client.close();
    }
  };
  return {
    jwksFile: (await ensureKeys(directory)).jwksFile,
    token: guest,
    viewer: { subject: 'visitor', organisationId, role: 'GUEST', scopes: scopesOf('GUEST') },
    ask: (url, query) => send(url, guest, query),
    addVenue: async (url, name) => {
      const address = { line1: 'Ring 1', city: 'Berlin', countryCode: 'DE' };
      const input = { name, timeZone: 'Europe/Berlin', address };
      const { createVenue } = await send<{ createVenue: { message?: string } }>(url, organiser, addVenue, {
        input,
      });
      if (createVenue.message) throw new Error(`no venue was added: ${createVenue.message}`);
    },
  };
}
