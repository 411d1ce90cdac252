import { systemClock, encodeId, newUuid } from '@marquee/kernel';
import { asTenant, systemScope, type Database, type Transaction } from '@marquee/postgres';
import { scopesOf, type Role, type Viewer } from '@marquee/subgraph';
import { testDatabase, type TestDatabase } from '@marquee/testkit';
import { askGraph, servedForTest } from '@marquee/testkit/graph';
import { insertAccount } from './accounts/account-rows.ts';
import type { AuditLogs } from './audit/audit-logs.ts';
import type { Services } from './command.ts';
import { addMember } from './members/add-member.ts';
import type { Rights } from './members/membership.ts';
import { migrations } from './migrations/index.ts';
import { found } from './organisations/create-organisation.ts';
import { createSecrets } from './secrets.ts';
import { insertSession } from './sessions/session-rows.ts';
import type { ExternalIssuer } from './sign-in/external.ts';
import { serveIdentity } from './subgraph.ts';

export type World = {
  readonly db: TestDatabase;
  readonly services: Services;
  drop(): Promise<void>;
};

const noLogs: AuditLogs = {
  names: [],
  page: () => Promise.reject(new Error('no log is asked here')),
  seals: () => Promise.reject(new Error('no log is asked here')),
  sealed: () => Promise.reject(new Error('no log is asked here')),
};

/** What the tests' secrets are derived from. */
export const rootSecret = 'a root secret of the tests, at least 32 characters';

/** A database of its own and what the use cases need. */
export async function createWorld(auditLogs: AuditLogs = noLogs): Promise<World> {
  const db = await testDatabase({ name: 'identity', migrations, entities: [] });
  const services: Services = {
    database: db.database,
    clock: systemClock,
    secrets: createSecrets(rootSecret),
    publicUrl: 'http://localhost:4000',
    orderPageUrl: 'https://shop.example/my-order',
    auditLogs,
    askEvents: async (_, eventIds) => eventIds,
    removal: {
      askBusiness: async () => ({ onSale: 0, openPayments: 0, openRefunds: 0, ledger: [], dues: [] }),
      graceDays: 14,
      wake: () => undefined,
    },
    onCommit: () => undefined,
  };
  return { db, services, drop: () => db.drop() };
}

/** The subgraph as the gateway sees it, over HTTP. */
export async function serveForTest(services: Services, externalIssuers: readonly ExternalIssuer[] = []) {
  const subgraph = await serveIdentity(services, {
    ...servedForTest(),
    externalIssuers,
  });
  return {
    drain: () => subgraph.drain(),
    url: subgraph.url.replace('/graphql', ''),
    ask: askGraph(subgraph.url),
  };
}

export type Person = { readonly accountId: string; readonly email: string };

export async function givenPerson(
  { database }: Services,
  email = `${newUuid()}@example.com`,
): Promise<Person> {
  const id = newUuid();
  await database.transaction(systemScope, (tx) =>
    insertAccount(tx, { id, email, name: email.split('@')[0]!, emailVerifiedAt: new Date() }),
  );
  return { accountId: id, email };
}

/** An organisation and its owner. */
export async function givenOrganisation(services: Services, name = 'Northlight') {
  const owner = await givenPerson(services);
  const { value } = await services.database.transaction(systemScope, (tx) =>
    found(tx, owner.accountId, name),
  );
  return { ...value, owner, viewer: viewerOf(value.organisationId, 'OWNER', owner) };
}

export async function givenMember(
  services: Services,
  organisationId: string,
  rights: Partial<Rights> & { readonly role: Role },
) {
  const person = await givenPerson(services);
  const membership = await services.database.transaction(systemScope, (tx) =>
    asTenant(tx, organisationId, (own) =>
      addMember(own, { accountId: person.accountId, scopes: null, eventIds: null, ...rights }, null),
    ),
  );
  return { ...person, membershipId: membership!.id, viewer: viewerOf(organisationId, rights.role, person) };
}

/** Somebody's sign-in. */
export async function givenSession(
  { database }: Services,
  { organisationId }: { readonly organisationId: string },
  accountId: string,
  { methods = ['pwd'], minutesAgo = 0 } = {},
) {
  const [id, grantId] = [newUuid(), newUuid()];
  const expiresAt = new Date(Date.now() + 3_600_000);
  await database.transaction({ organisationId }, async (tx) => {
    const of = { clientId: 'test', address: null, agent: null, expiresAt };
    await insertSession(tx, { ...of, id, accountId, grantId, methods, provedAt: null });
    await tx.execute('update session set created_at = now() - make_interval(mins => $2) where id = $1', [
      id,
      minutesAgo,
    ]);
  });
  return { grantId, sessionId: encodeId('SignInSession', id) };
}

export function viewerOf(organisationId: string, role: Role, person?: Person): Viewer {
  return {
    subject: person ? encodeId('Account', person.accountId) : 'program',
    organisationId,
    role,
    scopes: scopesOf(role),
    ...(person && { email: person.email }),
  };
}

/** The mails that wait for somebody, the newest first. */
export async function mailsTo({ database }: Services, recipient: string) {
  return database.read(systemScope, (tx) =>
    tx.rows<{ subject: string; body: string }>(
      'select subject, body from mail where recipient = $1 order by created_at desc, id desc',
      [recipient],
    ),
  );
}

/** The token of the newest link that was mailed to somebody. */
export async function mailedToken(services: Services, recipient: string): Promise<string> {
  const [mail] = await mailsTo(services, recipient);
  return /token=([\w-]+)/.exec(mail?.body ?? '')![1]!;
}

/**
 * The same database, where so many transactions meet before a statement that holds `before`, and where pieces of
 * statements are exchanged: a guard that is taken away must let the race go wrong, or the test proves nothing.
 */
export function interfere(
  database: Database,
  {
    before,
    parties,
    instead = [],
    only,
  }: {
    readonly before: string;
    readonly parties: number;
    readonly instead?: readonly (readonly [string, string])[];
    /** Only where this is the statement's first parameter. */
    readonly only?: string;
  },
): Database {
  const { promise, resolve } = Promise.withResolvers<void>();
  let missing = parties;
  const wrap = (tx: Transaction): Transaction => {
    const change = async (sql: string, parameters: readonly unknown[] = []) => {
      if (only !== undefined && parameters[0] !== only) return sql;
      if (sql.includes(before)) {
        missing -= 1;
        if (missing <= 0) resolve();
        await promise;
      }
      return instead.reduce((text, [guard, weak]) => text.replace(guard, weak), sql);
    };
    return {
      ...tx,
      rows: async (sql, parameters) => tx.rows(await change(sql, parameters), parameters),
      execute: async (sql, parameters) => tx.execute(await change(sql, parameters), parameters),
    };
  };
  return {
    ...database,
    transaction: (scope, work, options) => database.transaction(scope, (tx) => work(wrap(tx)), options),
    decide: (scope, work, options) => database.decide(scope, (tx) => work(wrap(tx)), options),
  };
}

/** How somebody's sessions ended. */
export async function sessionsOf({ services }: World, accountId: string) {
  const rows = await services.database.read(systemScope, (tx) =>
    tx.rows<{ because: string }>('select revoked_because as because from session where account_id = $1', [
      accountId,
    ]),
  );
  return { rows };
}
