import { decodeId, encodeId, type Clock } from '@marquee/kernel';
import { systemScope } from '@marquee/postgres';
import type { HttpAnswer } from '@marquee/subgraph';
import { accountsById } from '../accounts/account-rows.ts';
import type { Account } from '../accounts/account.ts';
import type { Services } from '../command.ts';
import { membershipsOf } from '../members/member-rows.ts';
import { organisationsById } from '../organisations/organisation-rows.ts';
import { IssuerStore } from '../tokens/issuer-store.ts';
import type { InteractionResults } from 'oidc-provider';
import type { SignedIn } from '../tokens/issuer.ts';
import { hasAuthenticator } from './authenticator.ts';
import { hasPasskey } from './passkeys.ts';

/** The class of sign-ins in which a second factor was proved, as `acr` and `acr_values` name it. */
export const secondFactorAcr = 'urn:marquee:acr:second-factor';

const lifeSeconds = 3_600;

/** How far somebody has come in proving who it is. One a sign-in, which is one browser's. */
export type Progress = {
  readonly accountId?: string;
  /** RFC 8176. */
  readonly methods: readonly string[];
  /** When, in seconds since 1970; null where another issuer did not say. */
  readonly provedAt: number | null;
  readonly organisationId?: string;
};

/** What is asked for next. */
export type Step =
  /** `again`: who it is was proved, but by a passkey it would be both factors, which are asked for. */
  | { readonly kind: 'identify'; readonly again?: true }
  | { readonly kind: 'code' }
  | { readonly kind: 'organisation'; readonly choices: readonly Choice[] }
  | { readonly kind: 'enrol'; readonly account: Account }
  | { readonly kind: 'done'; readonly accountId: string; readonly organisationId: string };

export type Choice = { readonly id: string; readonly name: string; readonly role: string };

/** A passkey is something one has, unlocked by what one is or knows: both factors at once. */
const secondFactors = ['otp', 'hwk'];

export function hasSecondFactor({ methods }: Pick<Progress, 'methods'>): boolean {
  return methods.some((method) => secondFactors.includes(method));
}

const store = ({ database }: Services) => new IssuerStore(database, 'SignInProgress');

export async function progressOf(services: Services, uid: string): Promise<Progress> {
  const known = (await store(services).find(uid)) as Progress | undefined;
  return known ?? { methods: [], provedAt: null };
}

export async function saveProgress(services: Services, uid: string, progress: Progress): Promise<void> {
  await store(services).upsert(uid, { ...progress }, lifeSeconds);
}

/**
 * Somebody proved who it is: just now, unless another issuer was asked. Whatever was proved for another account before
 * counts no more.
 */
export async function identified(
  services: Services,
  uid: string,
  accountId: string,
  method: string,
  provedAt: number | null = secondsOf(services.clock),
): Promise<void> {
  await saveProgress(services, uid, { accountId, methods: [method], provedAt });
}

/** Seconds since 1970, as tokens count time. */
export const secondsOf = (clock: Clock): number => Math.floor(clock.now().getTime() / 1_000);

export async function provedSecondFactor(services: Services, uid: string): Promise<void> {
  const progress = await progressOf(services, uid);
  await saveProgress(services, uid, {
    ...progress,
    methods: [...new Set([...progress.methods, 'otp', 'mfa'])],
  });
}

/** What stands between what was proved and being signed in to an organisation. */
export async function nextStep(
  services: Services,
  progress: Progress,
  { organisationId: wanted, secondFactor }: Wanted,
): Promise<Step> {
  const { accountId } = progress;
  if (!accountId) return { kind: 'identify' };
  const enrolled = await hasAuthenticator(services, accountId);
  if (enrolled && !hasSecondFactor(progress)) return { kind: 'code' };
  if (secondFactor && !hasSecondFactor(progress) && (await hasPasskey(services, accountId)))
    return { kind: 'identify', again: true };
  const { account, choices, organisations } = await choicesOf(services, accountId, wanted);
  if (!account) return { kind: 'identify' };
  const only = choices.length === 1 ? choices[0]!.id : undefined;
  const organisationId = progress.organisationId ?? wanted ?? only;
  const chosen = organisations.find(({ id }) => id === organisationId);
  if (!chosen) return { kind: 'organisation', choices };
  const role = choices.find(({ id }) => id === chosen.id)?.role ?? 'GUEST';
  const asksMore = (chosen.secondFactorRoles as readonly string[]).includes(role);
  if (asksMore && !hasSecondFactor(progress)) return { kind: 'enrol', account };
  return { kind: 'done', accountId, organisationId: chosen.id };
}

/** Where somebody is a member, and the organisation that the application asks for, whose guest anybody is. */
async function choicesOf({ database }: Services, accountId: string, wanted: string | null) {
  return database.read(systemScope, async (tx) => {
    const [account] = await accountsById(tx, [accountId]);
    const memberships = await membershipsOf(tx, accountId);
    const ids = [...memberships.map(({ organisationId }) => organisationId), ...(wanted ? [wanted] : [])];
    const organisations = await organisationsById(tx, ids);
    const choices = organisations.flatMap(({ id, name }): Choice[] => {
      const member = memberships.find(({ organisationId }) => organisationId === id);
      return member ? [{ id, name, role: member.role }] : [];
    });
    return { account, choices, organisations };
  });
}

type Interaction = {
  readonly returnTo: string;
  readonly params: Readonly<Record<string, unknown>>;
  result?: InteractionResults | undefined;
  persist(): Promise<string>;
};

/** What the application asks for. */
type Wanted = {
  /** The organisation to sign in to, where it named one. */
  readonly organisationId: string | null;
  /** A second factor of who has one, whatever the organisation asks for. */
  readonly secondFactor: boolean;
  /** That the person proves now who it is, and is not just known from before (OpenID Connect Core 1.0, 3.1.2.1). */
  readonly fresh: boolean;
};

export function wantedBy({ params }: Pick<Interaction, 'params'>): Wanted {
  const names = (parameter: string, value: string) =>
    String(params[parameter] ?? '')
      .split(' ')
      .includes(value);
  return {
    organisationId: decodeId('Organisation', String(params['organisation'] ?? '')),
    secondFactor: names('acr_values', secondFactorAcr),
    fresh: names('prompt', 'login') || params['max_age'] !== undefined,
  };
}

/** Hands the account over to the issuer, which redirects back to the application. */
export async function finish(
  services: Services,
  uid: string,
  interaction: Interaction,
  { accountId, organisationId }: Extract<Step, { kind: 'done' }>,
  from: Pick<SignedIn, 'address' | 'agent'>,
): Promise<HttpAnswer> {
  const progress = await progressOf(services, uid);
  const { methods, provedAt } = progress;
  const signedIn: SignedIn = { organisationId, methods, provedAt, ...from };
  const said = {
    ...(hasSecondFactor(progress) && { acr: secondFactorAcr }),
    ...(provedAt && { ts: provedAt }),
  };
  interaction.result = {
    login: { accountId: encodeId('Account', accountId), amr: [...methods], ...said, remember: false },
    // Applications are the operator's own: what they may have was decided when they were set up.
    consent: {},
    signedIn,
  };
  await interaction.persist();
  await store(services).destroy(uid);
  return { status: 303, headers: { location: interaction.returnTo, 'cache-control': 'no-store' } };
}
