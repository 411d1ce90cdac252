import { accept, newUuid, type InvalidInput, type Outcome } from '@marquee/kernel';
import { systemScope } from '@marquee/postgres';
import { parseAll, parseEmail, parseText } from '@marquee/subgraph';
import { accountByEmail, insertAccount, markEmailVerified } from '../accounts/account-rows.ts';
import type { Services } from '../command.ts';
import { post } from '../mail/mail.ts';
import { recall, remember } from './one-time.ts';
import { hashPassword, parsePassword } from './passwords.ts';

const minutes = 15;
const ignore = '\n\nIf it was not you, ignore this mail: nothing happens without the link.\n';

/** `uid` is the sign-in, which one browser began: the link is of no use in another. */
type MailedLink = {
  readonly uid: string;
  readonly email: string;
  /** Of who is new. */
  readonly joining?: { readonly name: string; readonly passwordHash: string | null };
};

/** A link to sign in by. Sent where there is an account; the one who asks is told the same either way. */
export async function mailLink({ database, publicUrl }: Services, uid: string, email: string): Promise<void> {
  await database.transaction(systemScope, async (tx) => {
    const account = await accountByEmail(tx, email);
    if (!account) return;
    const token = await remember(tx, 'link', { uid, email: account.email }, minutes);
    const link = `${publicUrl}/sign-in/${uid}/link?token=${token}`;
    const body = `Sign in within ${minutes} minutes, in the browser in which you began:\n${link}${ignore}`;
    await post(tx, { recipient: account.email, subject: 'Sign in to Marquee', body });
  });
}

export type Joining = { readonly email: string; readonly name: string; readonly password: string | null };

export function readJoining(form: URLSearchParams): Outcome<Joining, InvalidInput> {
  const email = parseEmail('email', form.get('email') ?? '');
  if (!email.ok) return email;
  const password = form.get('password');
  return parseAll({
    email,
    name: parseText('name', form.get('name') ?? '', { max: 200 }),
    password: password ? parsePassword('password', password, email.value) : accept(null),
  });
}

/** An account is made by the link alone. Who has one already is told so by mail, not by the page. */
export async function mailWelcome(
  { database, publicUrl }: Services,
  uid: string,
  joining: Joining,
): Promise<void> {
  const passwordHash = joining.password === null ? null : await hashPassword(joining.password);
  await database.transaction(systemScope, async (tx) => {
    const known = await accountByEmail(tx, joining.email);
    const data = known
      ? { uid, email: known.email }
      : { uid, email: joining.email, joining: { name: joining.name, passwordHash } };
    const token = await remember(tx, 'link', data, minutes);
    const link = `${publicUrl}/sign-in/${uid}/link?token=${token}`;
    const text = known ? 'You have an account already. Sign in' : 'Confirm your address and sign in';
    const body = `${text} within ${minutes} minutes, in the browser in which you began:\n${link}${ignore}`;
    await post(tx, { recipient: joining.email, subject: 'Your Marquee account', body });
  });
}

/** Whose the link is, made an account where it is new; null where it was used, is too old or of another sign-in. */
export async function accountByLink(
  { database }: Services,
  uid: string,
  token: string,
): Promise<string | null> {
  const link = await recall<MailedLink>(database, 'link', token);
  if (!link || link.uid !== uid) return null;
  return database.transaction(systemScope, async (tx) => {
    if (link.joining) {
      const { name, passwordHash } = link.joining;
      const made = await insertAccount(tx, {
        id: newUuid(),
        email: link.email,
        name,
        emailVerifiedAt: new Date(),
      });
      if (made && passwordHash)
        await tx.execute('update account set password_hash = $2 where id = $1', [made.id, passwordHash]);
    }
    const account = await accountByEmail(tx, link.email);
    if (!account) return null;
    await markEmailVerified(tx, account.id);
    return account.id;
  });
}
