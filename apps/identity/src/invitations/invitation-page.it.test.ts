import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { newUuid } from '@marquee/kernel';
import { systemScope } from '@marquee/postgres';
import { hasChromium, launchChromium } from '@marquee/testkit';
import {
  createWorld,
  givenOrganisation,
  givenPerson,
  mailedToken,
  serveForTest,
  type World,
} from '../harness.test-support.ts';
import { createBrowser, publicUrl } from '../sign-in/browser.test-support.ts';
import { accountByPassword, storePassword } from '../sign-in/passwords.ts';

let world: World;
let graph: Awaited<ReturnType<typeof serveForTest>>;
beforeAll(async () => {
  world = await createWorld();
  graph = await serveForTest(world.services);
});
afterAll(async () => {
  await graph?.drain();
  await world?.drop();
});

const invite = `mutation ($input: InviteMemberInput!) { inviteMember(input: $input) {
  __typename ... on MemberInvited { invitation { id } } } }`;
const path = '/sign-in/invitation';

async function invited(email = `${newUuid()}@example.com`) {
  const { viewer } = await givenOrganisation(world.services, 'Lantern & Sons');
  const input = { idempotencyKey: newUuid(), email, role: 'BOX_OFFICE' };
  const { data } = await graph.ask(viewer, invite, { input });
  const token = await mailedToken(world.services, email);
  const browser = createBrowser(graph.url, newUuid());
  const members = async () =>
    (
      await world.services.database.read(systemScope, (tx) =>
        tx.rows<{ role: string }>(
          `select m.role from membership m join account a on a.id = m.account_id
           where a.email = $1 and m.organisation_id = $2`,
          [email, viewer.organisationId],
        ),
      )
    ).map(({ role }) => role);
  return { viewer, email, token, browser, members, invitationId: data.inviteMember.invitation.id };
}

describe('the page of an invitation', () => {
  test('makes who is new a member, with a name and a password of her own', async () => {
    const { email, token, browser, members } = await invited();
    const page = await browser.go(`${path}?token=${token}`);
    expect(page.text).toContain('Lantern &amp; Sons invites you');
    expect(page.text).toMatch(/<label for="name">/);
    // Programs that look into mails follow links: that alone does nothing.
    expect(await members()).toEqual([]);
    const weak = await browser.go(path, { token, name: 'Ada', password: 'password123' });
    expect(weak).toMatchObject({ status: 400, text: expect.stringContaining('leaked lists') });
    const done = await browser.go(path, { token, name: 'Ada', password: 'an unlikely pass phrase' });
    expect(done.text).toContain('You are a member of Lantern &amp; Sons');
    expect(await members()).toEqual(['BOX_OFFICE']);
    expect(await accountByPassword(world.services.database, email, 'an unlikely pass phrase')).not.toBeNull();
  });

  test('asks who has an account for nothing but the button, and works once', async () => {
    const person = await givenPerson(world.services);
    const { token, browser, members } = await invited(person.email);
    expect((await browser.go(`${path}?token=${token}`)).text).not.toContain('name="name"');
    expect((await browser.go(path, { token })).status).toBe(200);
    expect(await members()).toEqual(['BOX_OFFICE']);
    expect((await browser.go(path, { token })).status).toBe(404);
    expect((await browser.go(`${path}?token=${token}`)).status).toBe(404);
  });

  test('leaves no password to whoever made an account with an address and never confirmed it', async () => {
    const person = await givenPerson(world.services);
    const { database } = world.services;
    await storePassword(database, person.accountId, 'correct horse battery');
    await database.transaction(systemScope, (tx) =>
      tx.execute('update account set email_verified_at = null where id = $1', [person.accountId]),
    );
    const { token, browser, members } = await invited(person.email);
    await browser.go(path, { token });
    expect(await members()).toEqual(['BOX_OFFICE']);
    expect(await accountByPassword(database, person.email, 'correct horse battery')).toBeNull();
  });

  test('is not there for a revoked invitation, a guess, a form of another site, or who tries too often', async () => {
    const { viewer, token, browser, members, invitationId } = await invited();
    const form = { token, name: 'Eve' };
    expect((await browser.go(path, form, { origin: 'https://evil.example' })).status).toBe(400);
    const revoke = `mutation ($input: RevokeInvitationInput!) { revokeInvitation(input: $input) { __typename } }`;
    await graph.ask(viewer, revoke, { input: { invitationId } });
    expect((await browser.go(path, form)).status).toBe(404);
    expect((await browser.go(`${path}?token=${'x'.repeat(43)}`)).status).toBe(404);
    expect(await members()).toEqual([]);
    const tries = await Promise.all(Array.from({ length: 101 }, () => browser.once(path)));
    expect(tries.some(({ status }) => status === 429)).toBe(true);
  });
});

(hasChromium ? test : test.skip)(
  'a person joins in a real browser: nothing of the page is blocked, what is wrong is said, and she signs in with her password',
  async () => {
    const { email, token, members } = await invited();
    // The page is where people find it, and so are its origin, its cookies and what its policy allows.
    const { host } = new URL(graph.url);
    const browser = await launchChromium([`--host-resolver-rules=MAP ${new URL(publicUrl).host} ${host}`]);
    try {
      const page = await browser.newPage();
      const complaints: string[] = [];
      page.on('console', (message) => void (message.type() === 'error' && complaints.push(message.text())));
      await page.goto(`${publicUrl}${path}?token=${token}`);
      expect(await page.title()).toContain('Join Lantern & Sons');
      // The browser itself asks for the name that is required.
      await page.getByRole('button', { name: 'Accept' }).click();
      expect(await page.locator('input:invalid').getAttribute('name')).toBe('name');
      await page.getByLabel('Your name').fill('Ada Lovelace');
      await page.getByLabel(/^A password/).fill('password123');
      await page.getByRole('button', { name: 'Accept' }).click();
      await page.getByText('leaked lists').waitFor();
      expect(await members()).toEqual([]);
      await page.getByLabel('Your name').fill('Ada Lovelace');
      await page.getByLabel(/^A password/).fill('an unlikely pass phrase');
      await page.getByRole('button', { name: 'Accept' }).click();
      await page.getByText('You are a member of Lantern & Sons').waitFor();
      expect(await members()).toEqual(['BOX_OFFICE']);
      expect(complaints.filter((text) => !text.includes('400'))).toEqual([]);
      expect(
        await accountByPassword(world.services.database, email, 'an unlikely pass phrase'),
      ).not.toBeNull();
      await page.goto(`${publicUrl}${path}?token=${token}`);
      await page.getByText('This invitation was accepted').waitFor();
    } finally {
      await browser.close();
    }
  },
);
