import { existsSync, mkdtempSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { scopesOf } from '@marquee/subgraph';
import { createLocalJWKSet, decodeJwt, jwtVerify } from 'jose';
import { demoGuest, harbour, northlight } from '../seed/organisations.ts';
import { audience, developmentIssuer, ensureKeys, issueToken, type TokenRequest } from './issuer.ts';
import { parseCommandLine, UsageError } from './request.ts';

let directory: string;

beforeEach(() => {
  directory = join(mkdtempSync(join(tmpdir(), 'marquee-token-')), 'keys');
});

const request: TokenRequest = {
  role: 'ORGANISER',
  organisationId: northlight.id,
  email: 'Ada@northlight.example',
  name: 'Ada',
};

describe('the issuer', () => {
  test('signs tokens that its key set verifies, with every claim the gateway asks for', async () => {
    const token = await issueToken(directory, { ...request, ttlHours: 2 });
    const { jwksFile } = await ensureKeys(directory);
    const keys = createLocalJWKSet(JSON.parse(readFileSync(jwksFile, 'utf8')));
    const { payload, protectedHeader } = await jwtVerify(token, keys, {
      issuer: developmentIssuer,
      audience,
      algorithms: ['EdDSA'],
    });
    expect(protectedHeader.kid).toBeTruthy();
    expect(payload).toMatchObject({
      org: northlight.id,
      role: 'ORGANISER',
      scopes: scopesOf('ORGANISER'),
      email: 'Ada@northlight.example',
      name: 'Ada',
    });
    expect(payload.exp! - payload.iat!).toBe(7_200);
  });

  test('keeps the private key to its owner and publishes the public one alone', async () => {
    const { privateKeyFile, jwksFile } = await ensureKeys(directory);
    expect(statSync(privateKeyFile).mode & 0o777).toBe(0o600);
    expect(JSON.parse(readFileSync(privateKeyFile, 'utf8')).d).toBeTruthy();
    expect(readFileSync(jwksFile, 'utf8')).not.toContain('"d"');
  });

  test('makes one key, however many processes ask at once', async () => {
    const tokens = await Promise.all(Array.from({ length: 5 }, () => issueToken(directory, request)));
    const { jwksFile } = await ensureKeys(directory);
    const keys = createLocalJWKSet(JSON.parse(readFileSync(jwksFile, 'utf8')));
    for (const token of tokens) await expect(jwtVerify(token, keys)).resolves.toBeTruthy();
    expect(existsSync(`${directory}/issuer.private.jwk.${process.pid}`)).toBe(false);
  });

  test('knows a person again by e-mail address and organisation', async () => {
    const subjectOf = async (changes: Partial<TokenRequest>) =>
      decodeJwt(await issueToken(directory, { ...request, ...changes })).sub;
    const ada = await subjectOf({});
    expect(ada).toMatch(/^acc_[0-9a-z]{26}$/);
    expect(await subjectOf({ email: 'ada@NORTHLIGHT.example', role: 'GUEST' })).toBe(ada);
    expect(await subjectOf({ organisationId: harbour.id })).not.toBe(ada);
    expect(await subjectOf({ subject: 'acc_given' })).toBe('acc_given');
  });
});

describe('the command line', () => {
  const parsed = (...args: string[]) => {
    const commandLine = parseCommandLine(args);
    if (commandLine.help) throw new Error('help');
    return commandLine;
  };

  test('needs nothing', () => {
    expect(parsed()).toEqual({
      help: false,
      json: false,
      request: {
        role: 'ORGANISER',
        organisationId: northlight.id,
        email: 'organiser@northlight.example',
        name: 'Organiser of northlight',
        ttlHours: 12,
      },
    });
  });

  test('names an organisation by slug, name or id', () => {
    for (const name of ['harbour', 'Harbour Live', harbour.id, 'HARBOUR']) {
      expect(parsed('--organisation', name).request.organisationId).toBe(harbour.id);
    }
    const id = '01980000-0000-7000-8000-00000000ffff';
    expect(parsed('--organisation', id).request.organisationId).toBe(id);
  });

  test('makes the sample guest of the demo data, or any other', () => {
    expect(parsed('--role', 'guest').request).toMatchObject({ email: demoGuest.email, name: demoGuest.name });
    expect(parsed('--role', 'guest', '--email', 'x@y.example').request).toMatchObject({
      email: 'x@y.example',
      name: 'x@y.example',
    });
    expect(parsed('--role', 'box-office', '--name', 'Bo', '--ttl', '0.5', '--json')).toMatchObject({
      json: true,
      request: { role: 'BOX_OFFICE', name: 'Bo', ttlHours: 0.5 },
    });
  });

  test.each([
    [['--role', 'king'], /no role "king"/],
    [['--organisation', 'nobody'], /Northlight Theatres, Harbour Live, Kumo Events/],
    [['--ttl', '0'], /--ttl/],
    [['--ttl', 'soon'], /--ttl/],
    [['--colour', 'red'], /colour/],
  ])('says what is wrong with %j', (args, reason) => {
    expect(() => parseCommandLine(args)).toThrow(UsageError);
    expect(() => parseCommandLine(args)).toThrow(reason);
  });

  test('explains itself', () => {
    expect(parseCommandLine(['--help'])).toEqual({ help: true });
  });
});
