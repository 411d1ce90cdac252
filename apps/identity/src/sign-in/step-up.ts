import { decodeId } from '@marquee/kernel';
import type { Viewer } from '@marquee/subgraph';
import type { Services } from '../command.ts';
import { sessionsById } from '../sessions/session-rows.ts';
import { accountIdOf } from '../viewer.ts';
import { hasAuthenticator } from './authenticator.ts';
import { hasPasskey } from './passkeys.ts';
import { hasSecondFactor, secondFactorAcr } from './sign-in.ts';

/** For what cannot be undone a sign-in may be so old. */
const maxAgeSeconds = 600;

/** Being signed in is not enough; says what is, in the parameters of an authorization request (RFC 9470). */
export type StepUpRequired = {
  readonly kind: 'StepUpRequired';
  readonly message: string;
  readonly maxAgeSeconds: number;
  readonly acrValues: string[];
};

/**
 * Null where the person proved who it is a moment ago, with a second factor if the account has one: a session that
 * somebody left open, or stole, cannot do what is never undone, neither one of ours nor another issuer's.
 */
export async function judgeStepUp(services: Services, viewer: Viewer): Promise<StepUpRequired | null> {
  const { database, clock } = services;
  const accountId = accountIdOf(viewer);
  const sessionId = viewer.sessionId ? decodeId('SignInSession', viewer.sessionId) : null;
  const [session] = sessionId ? await database.read(viewer, (tx) => sessionsById(tx, [sessionId])) : [];
  const asksMore =
    accountId !== null &&
    ((await hasAuthenticator(services, accountId)) || (await hasPasskey(services, accountId)));
  const provedAt = session?.accountId === accountId ? session?.provedAt : null;
  const isRecent = provedAt && clock.now().getTime() - provedAt.getTime() <= maxAgeSeconds * 1_000;
  if (session && isRecent && (!asksMore || hasSecondFactor(session))) return null;
  return {
    kind: 'StepUpRequired',
    message: `This cannot be undone. Sign in once more${asksMore ? ', with your second step,' : ''} and ask again.`,
    maxAgeSeconds,
    acrValues: asksMore ? [secondFactorAcr] : [],
  };
}
