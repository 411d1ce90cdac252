import { expect, test } from '@jest/globals';
import { encodeId, newUuid } from '@marquee/kernel';
import { eventually } from '@marquee/testkit';
import { buy, newKey, planEvent } from './organisation.ts';
import { plantOrganisation, plantSession } from './plant-identity.test-support.ts';
import { installEarlyBird } from './plant-plugin.test-support.ts';
import type { TestPlatform } from './platform.ts';

/** What stays of an organisation: the logs, and the proof of its removal. */
const staying =
  /\.(event_(log|stream|chain\w*|subject_key)|removed_organisation|organisation_removal|saga\w*|revocation|platform_(invoice|payment|credit_note))$/;
const removing = `mutation ($input: RemoveOrganisationInput!) { removeOrganisation(input: $input) {
  __typename ... on OrganisationInBusiness { onSale } } }`;

/** Last of all, on the running platform: an organisation goes, from every table of every service. */
export function describeRemoval(platform: () => TestPlatform): void {
  test('an organisation that is removed leaves no row in any service, and others lose none', async () => {
    const { client, tokens, rows } = platform();
    const stage = async (marker: string) => {
      const organisationId = newUuid();
      const token = await tokens.token({ role: 'owner', organisationId });
      const founded = await plantOrganisation(platform(), token, marker);
      const planned = await planEvent(client, token, marker);
      const items = [{ ticketTypeId: planned.standingId, quantity: 1 }];
      const guest = { email: `${marker.toLowerCase()}-buyer@example.com`, name: marker };
      await buy(client, token, { occurrenceId: planned.occurrenceIds[0]!, items, guest });
      return { ...founded, token, planned };
    };
    const [leaving, other] = [await stage('Leaving'), await stage('Staying')];
    const remove = async (token: string) => {
      const input = { idempotencyKey: newKey(), name: 'Leaving' };
      type Answer = { removeOrganisation: { __typename: string; onSale?: number } };
      return (await client.query<Answer>(removing, { input }, { token })).removeOrganisation;
    };
    expect(await remove(leaving.token)).toMatchObject({ __typename: 'StepUpRequired' });
    const sessionId = encodeId('SignInSession', await plantSession(platform(), leaving, 'Leaving'));
    const { organisationId } = leaving;
    const fresh = await tokens.token({ role: 'owner', organisationId, sessionId });
    await installEarlyBird(platform(), leaving.token);
    await platform().settled();
    expect(await remove(fresh)).toMatchObject({ __typename: 'OrganisationInBusiness' });
    // Everything took place long ago.
    await rows(
      'tickets',
      `update occurrence set ends_at = now() - interval '1 day' where organisation_id = $1`,
      [leaving.organisationId],
    );
    await eventually(
      async () => expect(await remove(fresh)).toMatchObject({ __typename: 'OrganisationRemovalStarted' }),
      {
        timeoutMs: 30_000,
      },
    );
    await eventually(async () => {
      const [removal] = await rows<{ status: string }>(
        'identity',
        'select status from organisation_removal where organisation_id = $1',
        [leaving.organisationId],
      );
      expect(removal).toEqual({ status: 'DONE' });
    });
    const left = Object.entries(await platform().fingerprint(leaving.organisationId))
      .filter(([table, digest]) => !staying.test(table) && !digest.startsWith('0 '))
      .map(([table]) => table);
    expect(left).toEqual([]);
    const stopped = await rows(
      'hub',
      `select from event_log where organisation_id = $1 and type = 'hub.plugin-disabled.v1'`,
      [leaving.organisationId],
    );
    expect(stopped).toHaveLength(1);
    const theirs = await platform().fingerprint(other.organisationId);
    for (const table of [
      'events.occurrence',
      'tickets.ticket',
      'guests.guest',
      'venues.seat',
      'identity.membership',
    ])
      expect(theirs[table]).not.toMatch(/^(0 |undefined)/);
  }, 150_000);
}
