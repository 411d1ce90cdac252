import { describe, expect, test } from '@jest/globals';
import { parseEmail } from './email.ts';

function parsed(value: string): string | null {
  const outcome = parseEmail('email', value);
  return outcome.ok ? outcome.value : null;
}

describe('parseEmail', () => {
  test.each([
    ['ada@example.com', 'ada@example.com'],
    ['  ada@example.com\n', 'ada@example.com'],
    ['Ada.Lovelace+tickets@EXAMPLE.Com', 'Ada.Lovelace+tickets@example.com'],
    ["o'neil!#$%&*/=?^_`{|}~-@example.co.uk", "o'neil!#$%&*/=?^_`{|}~-@example.co.uk"],
    ['"john doe"@example.com', '"john doe"@example.com'],
    ['"a\\"b@c"@example.com', '"a\\"b@c"@example.com'],
    ['jörg@example.com', null],
    ['kontakt@münchen.de', 'kontakt@xn--mnchen-3ya.de'],
    ['a@1.2.3.example', 'a@1.2.3.example'],
    ['a@3com.com', 'a@3com.com'],
  ])('reads %j as %j', (given, expected) => {
    expect(parsed(given)).toBe(expected);
  });

  test.each([
    '',
    '@',
    'ada',
    'ada@',
    '@example.com',
    'ada@localhost',
    'ada@127.0.0.1',
    'ada@2130706433',
    'ada@0x7f.1',
    'ada@[127.0.0.1]',
    'ada@[IPv6:::1]',
    'ada@example..com',
    'ada@.example.com',
    'ada@-example.com',
    'ada@example-.com',
    'ada@exa_mple.com',
    'ada@example.com:25',
    'ada@example.com/path',
    'ada@exa%6dple.com',
    'ada@exam\tple.com',
    '.ada@example.com',
    'ada.@example.com',
    'ada..b@example.com',
    'ada b@example.com',
    'ada\r\nBcc: eve@example.com',
    'ada@example.com\r\nBcc:eve@example.org',
    'ada\u0000@example.com',
    '<ada@example.com>',
    'a@b@example.com',
    `${'a'.repeat(65)}@example.com`,
    `a@${'b'.repeat(64)}.com`,
    `a@${'b.'.repeat(126)}com`,
    'a'.repeat(1_000_000),
    `${'a.'.repeat(500_000)}@example.com`,
  ])('refuses %.40j and names the field', (given) => {
    expect(parseEmail('guest.email', given)).toMatchObject({
      ok: false,
      refusal: { kind: 'InvalidInput', field: 'guest.email' },
    });
  });

  test('takes the longest address that RFC 5321 allows and refuses one octet more', () => {
    const local = 'a'.repeat(64);
    const domain = (length: number) => `${'b'.repeat(63)}.${'c'.repeat(63)}.${'d'.repeat(length - 132)}.com`;
    expect(parsed(`${local}@${domain(189)}`)).toHaveLength(254);
    expect(parsed(`${local}@${domain(190)}`)).toBeNull();
  });
});
