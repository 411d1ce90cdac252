import { accept, andThen, notFound, type Outcome, type Refusal } from '@marquee/kernel';
import { parseAll, parseText, toResult } from '@marquee/subgraph';
import type { Context } from '../context.ts';
import type { Resolvers } from '../generated/schema.ts';
import {
  addOwnPasskey,
  beginOwnAuthenticator,
  confirmOwnAuthenticator,
  credentialsOf,
  ownAccount,
  removeOwnAuthenticator,
  removeOwnPasskey,
  setPassword,
  type Credentials,
} from './credentials.ts';
import { passkeyCreation } from './passkeys.ts';

const shown = ({ passkeys, ...rest }: Credentials) => ({ ...rest, passkeys: [...passkeys] });

async function changed<R extends Refusal>(
  context: Context,
  outcome: Outcome<{ readonly accountId: string }, R>,
) {
  const credentials = outcome.ok ? shown(await credentialsOf(context, outcome.value.accountId)) : null;
  return toResult(outcome, () => ({ __typename: 'CredentialsChanged' as const, credentials: credentials! }));
}

export const credentialsResolvers: Resolvers = {
  Query: {
    myCredentials: async (_, __, context) => {
      const account = await ownAccount(context);
      return account && shown(await credentialsOf(context, account.id));
    },
  },
  Mutation: {
    setPassword: async (_, { input }, context) => {
      const { currentPassword = null, newPassword } = input;
      return changed(context, await setPassword(context, { currentPassword, newPassword }));
    },
    beginAuthenticator: async (_, __, context) =>
      toResult(await beginOwnAuthenticator(context), (made) => ({
        __typename: 'AuthenticatorBegun',
        ...made,
      })),
    confirmAuthenticator: async (_, { code }, context) =>
      toResult(await confirmOwnAuthenticator(context, code), (recoveryCodes) => ({
        __typename: 'AuthenticatorConfirmed' as const,
        recoveryCodes,
      })),
    removeAuthenticator: async (_, { code }, context) =>
      changed(context, await removeOwnAuthenticator(context, code)),
    beginPasskey: async (_, __, context) => {
      const account = await ownAccount(context);
      const outcome = account
        ? accept(JSON.stringify(await passkeyCreation(context, account)))
        : notFound('Your account');
      return toResult(outcome, (options) => ({ __typename: 'PasskeyBegun', options }));
    },
    addPasskey: async (_, { input }, context) => {
      const parsed = parseAll({
        credential: accept(input.credential.slice(0, 20_000)),
        name: parseText('name', input.name, { max: 100 }),
      });
      return changed(context, await andThen(parsed, (given) => addOwnPasskey(context, given)));
    },
    removePasskey: async (_, { credentialId }, context) =>
      changed(context, await removeOwnPasskey(context, credentialId)),
  },
};
