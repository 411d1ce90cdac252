import { accept, andThen, newUuid, type InvalidInput, type Outcome } from '@marquee/kernel';
import { systemScope } from '@marquee/postgres';
import { parseAll, parseText, type HttpAnswer } from '@marquee/subgraph';
import { accountByEmail, insertAccount } from '../accounts/account-rows.ts';
import type { Account } from '../accounts/account.ts';
import type { Services } from '../command.ts';
import type { Role } from '../members/membership.ts';
import { organisationsById } from '../organisations/organisation-rows.ts';
import { invitationInvalid, type AlreadyMember, type InvitationInvalid } from '../refusals.ts';
import { digestOf } from '../secrets.ts';
import { html } from '../sign-in/html.ts';
import { pageAnswer } from '../sign-in/pages.ts';
import { hashPassword, parsePassword } from '../sign-in/passwords.ts';
import { findByDigest } from './invitation-rows.ts';
import { statusOf } from './invitation.ts';
import { acceptInvitation } from './invite-member.ts';

/** An open invitation, as the one who was invited sees it. */
type Invited = {
  readonly token: string;
  readonly email: string;
  readonly role: Role;
  readonly organisation: string;
  /** Null for who has no account yet. */
  readonly account: Account | null;
};

/**
 * Where the link of an invitation leads. Who has the token has read the mail, which is as good as a sign-in by mail: so
 * a button accepts, and who is new says a name first. Nobody is signed in by it. Following the link alone does nothing,
 * for programs that look into mails follow links too.
 */
export async function showInvitation(services: Services, token: string): Promise<HttpAnswer> {
  const invited = await findInvited(services, token);
  return invited ? invitationPage(invited) : invalidPage();
}

/** The form of that page was sent. */
export async function takeInvitation(services: Services, form: URLSearchParams): Promise<HttpAnswer> {
  const invited = await findInvited(services, form.get('token') ?? '');
  if (!invited) return invalidPage();
  const joined = await join(services, invited, form);
  if (joined.ok) return joinedPage(invited);
  const { refusal } = joined;
  if (refusal.kind === 'InvalidInput')
    return invitationPage(invited, `The ${refusal.field} ${refusal.message}.`, 400);
  return invalidPage(refusal.message);
}

/** So that whoever tries too often is told, and nothing is looked up. */
export function tooOftenPage(): HttpAnswer {
  const body = html`<p>Wait a quarter of an hour, then open the link of the mail again.</p>`;
  return pageAnswer({ title: 'Too many tries', body, status: 429 });
}

async function findInvited({ database, clock }: Services, token: string): Promise<Invited | null> {
  if (token === '' || token.length > 100) return null;
  return database.read(systemScope, async (tx) => {
    const invitation = await findByDigest(tx, digestOf(token));
    if (!invitation || statusOf(invitation, clock.now()) !== 'OPEN') return null;
    const { email, role, organisationId } = invitation;
    const [organisation] = await organisationsById(tx, [organisationId]);
    const account = await accountByEmail(tx, email);
    return organisation ? { token, email, role, organisation: organisation.name, account } : null;
  });
}

type Joined = { readonly organisationId: string };

async function join(
  services: Services,
  invited: Invited,
  form: URLSearchParams,
): Promise<Outcome<Joined, InvalidInput | InvitationInvalid | AlreadyMember>> {
  const { token } = invited;
  const account = invited.account
    ? accept(await confirmed(services, invited.account))
    : await makeAccount(services, invited.email, form);
  return andThen(account, (accountId) => acceptInvitation(services, { accountId, token }));
}

/** Whoever made an account with this address and never confirmed it set a password that is not this person's. */
async function confirmed({ database }: Services, { id, emailVerifiedAt }: Account): Promise<string> {
  if (!emailVerifiedAt)
    await database.transaction(systemScope, (tx) =>
      tx.execute('update account set password_hash = null where id = $1 and email_verified_at is null', [id]),
    );
  return id;
}

async function makeAccount(
  { database }: Services,
  email: string,
  form: URLSearchParams,
): Promise<Outcome<string, InvalidInput | InvitationInvalid>> {
  const password = form.get('password');
  const parsed = parseAll({
    name: parseText('name', form.get('name') ?? '', { max: 200 }),
    password: password ? parsePassword('password', password, email) : accept(null),
  });
  return andThen(parsed, async ({ name, password: chosen }) => {
    const passwordHash = chosen === null ? null : await hashPassword(chosen);
    return database.transaction(systemScope, async (tx): Promise<Outcome<string, InvitationInvalid>> => {
      const made = await insertAccount(tx, { id: newUuid(), email, name, emailVerifiedAt: new Date() });
      // Sent twice at once: the other one is on its way.
      if (!made) return invitationInvalid();
      if (passwordHash)
        await tx.execute('update account set password_hash = $2 where id = $1', [made.id, passwordHash]);
      return accept(made.id);
    });
  });
}

function invitationPage(
  { token, email, role, organisation, account }: Invited,
  alert?: string,
  status = 200,
): HttpAnswer {
  const newcomer = html`
    <label for="name">Your name</label>
    <input id="name" name="name" required maxlength="200" autocomplete="name" />
    <label for="password">A password (or sign in by mail or passkey)</label>
    <input id="password" name="password" type="password" autocomplete="new-password" maxlength="200" />
  `;
  const body = html`<p>
      ${organisation} invites you, ${email}, to work with them as ${role.toLowerCase().replace('_', ' ')}.
    </p>
    <form method="post" action="/sign-in/invitation">
      <input type="hidden" name="token" value="${token}" />
      ${account ? null : newcomer}
      <button autofocus>Accept</button>
    </form>`;
  return pageAnswer({ title: `Join ${organisation}`, body, alert, status });
}

function joinedPage({ organisation, email }: Invited): HttpAnswer {
  const body = html`<p>You are a member of ${organisation}. Sign in as ${email}.</p>
    <a class="button" href="/sign-in">Sign in</a>`;
  return pageAnswer({ title: 'Welcome', body });
}

function invalidPage(message = 'This invitation was accepted, revoked, or is too old.'): HttpAnswer {
  const body = html`<p>${message}</p>
    <p>Ask whoever invited you for another one, or sign in.</p>
    <a class="button" href="/sign-in">Sign in</a>`;
  return pageAnswer({ title: 'Not any more', body, status: 404 });
}
