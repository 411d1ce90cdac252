import type { Logger } from '@marquee/telemetry';
import type { Revocation } from './identity-client.ts';

/** Of a token, what a revocation may name. */
export type Revocable = {
  readonly sessionId?: string | undefined;
  readonly subject: string;
  readonly organisationId: string;
  readonly issuedAtMs: number;
};

export type Revocations = {
  covers(token: Revocable): boolean;
  stop(): void;
};

const everyMs = 500;

/**
 * What was revoked, asked for twice a second: a token that was revoked stops within a second. Asked, not listened to: a
 * message can be missed, a list cannot. While identity is down the list of then holds, and tokens live five minutes at most.
 */
export function followRevocations(read: () => Promise<readonly Revocation[]>, logger: Logger): Revocations {
  let sessions: ReadonlySet<string> = new Set();
  let accounts: ReadonlyMap<string, number> = new Map();
  let stopped = false;
  let failed = false;
  let timer: NodeJS.Timeout | undefined;

  const take = (revocations: readonly Revocation[]) => {
    sessions = new Set(revocations.filter(({ kind }) => kind === 'session').map(({ subject }) => subject));
    const latest = new Map<string, number>();
    for (const { kind, subject, organisationId, revokedAt } of revocations) {
      if (kind !== 'account') continue;
      const key = `${organisationId} ${subject}`;
      latest.set(key, Math.max(latest.get(key) ?? 0, Date.parse(revokedAt)));
    }
    accounts = latest;
  };
  const run = async () => {
    try {
      take(await read());
      failed = false;
    } catch (error) {
      if (!failed) logger.warn({ error }, 'identity does not say what was revoked; the list of before holds');
      failed = true;
    }
    if (!stopped) timer = setTimeout(() => void run(), everyMs).unref();
  };
  void run();

  return {
    covers: ({ sessionId, subject, organisationId, issuedAtMs }) =>
      (sessionId !== undefined && sessions.has(sessionId)) ||
      issuedAtMs <= (accounts.get(`${organisationId} ${subject}`) ?? Number.NEGATIVE_INFINITY),
    stop: () => {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
