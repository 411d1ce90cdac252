import { expect } from '@jest/globals';
import { eventually } from '@marquee/testkit';
import type { TestPlatform } from './platform.ts';

type Started = { readonly exportGuestData: { readonly request: { readonly id: string } } };
type Read = { readonly node: { readonly status: string } };

/** A copy of all that is known of a guest, gathered from every service. */
export async function plantPrivacy(
  { client }: TestPlatform,
  guestId: string,
  token: string,
): Promise<{ readonly PrivacyRequest: string }> {
  const { exportGuestData } = await client.query<Started>(
    `mutation Plant($input: ExportGuestDataInput!) {
      exportGuestData(input: $input) { ... on GuestDataExportStarted { request { id } } }
    }`,
    { input: { guestId } },
    { token },
  );
  const { id } = exportGuestData.request;
  const read = 'query Planted($id: ID!) { node(id: $id) { ... on PrivacyRequest { status } } }';
  await eventually(async () => {
    expect((await client.query<Read>(read, { id }, { token })).node.status).toBe('DONE');
  });
  return { PrivacyRequest: id };
}
