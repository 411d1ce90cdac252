import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { newUuid } from '@marquee/kernel';
import { eventually } from '@marquee/testkit';
import { runMarquee } from '../cli/marquee.ts';
import { buy, planEvent } from './organisation.ts';
import type { TestPlatform } from './platform.ts';

const trail = `query Trail($type: String) {
  auditTrail(first: 50, type: $type) { edges { node { log type actor { id } } } }
}`;
const exporting = `mutation Exporting($input: ExportAuditTrailInput!) {
  exportAuditTrail(input: $input) { ... on AuditTrailExported { url } }
}`;
type Trail = {
  readonly auditTrail: { readonly edges: readonly { readonly node: { readonly log: string } }[] };
};

/** What owners see of who did what, taken out and verified by who has nothing but the file and the keys. */
export function describeAudit(platform: () => TestPlatform): void {
  describe('the audit trail of an organisation', () => {
    let owner: string;
    let folder: string;
    let keys: string;
    let lines: readonly string[];

    const download = async (format: string) => {
      const { exportAuditTrail } = await platform().client.query<{ exportAuditTrail: { url: string } }>(
        exporting,
        { input: { format } },
        { token: owner },
      );
      const answer = await fetch(exportAuditTrail.url);
      expect(answer.status).toBe(200);
      return answer.text();
    };
    const verify = async (name: string, text: string) => {
      const file = join(folder, name);
      await writeFile(file, text);
      const said: string[] = [];
      const exitCode = await runMarquee(['audit', 'verify', file, '--keys', keys], {
        out: async (part) => void said.push(part),
        err: (part) => void said.push(part),
        isTerminal: false,
        signal: new AbortController().signal,
      });
      return { exitCode, said: said.join('') };
    };

    beforeAll(async () => {
      const { client, tokens, running } = platform();
      owner = await tokens.token({ role: 'owner', organisationId: newUuid() });
      folder = await mkdtemp(join(tmpdir(), 'marquee-audit-'));
      keys = join(folder, 'keys.json');
      await writeFile(keys, await (await fetch(`${running.urls.gateway}/audit/keys`)).text());
      const planned = await planEvent(client, owner, 'Auditable');
      const items = [{ ticketTypeId: planned.standingId, quantity: 1 }];
      const guest = { email: 'auditable@example.com', name: 'Aud Itable' };
      await buy(client, owner, { occurrenceId: planned.occurrenceIds[0]!, items, guest });
      await eventually(async () => {
        const { auditTrail } = await client.query<Trail>(trail, {}, { token: owner });
        const logs = new Set(auditTrail.edges.map(({ node }) => node.log));
        // Identity's: the order's link was sent.
        expect(logs).toEqual(new Set(['venues', 'events', 'tickets', 'guests', 'identity']));
      });
      lines = (await download('JSON_LINES')).trimEnd().split('\n');
    });

    afterAll(() => rm(folder, { recursive: true, force: true }));

    test('is verified from the file and the published keys alone, in either notation', async () => {
      const text = `${lines.join('\n')}\n`;
      expect(text).not.toContain('auditable@example.com');
      const entries = lines.filter((line) => line.startsWith('{"record":"entry"')).length;
      expect(await verify('audit.jsonl', text)).toEqual({
        exitCode: 0,
        said: `As it was sealed: ${entries} entries of 6 logs.\n`,
      });
      expect(await verify('audit.csv', await download('CSV'))).toMatchObject({ exitCode: 0 });
    });

    test('is found out where an entry was changed, removed, moved or forged, or the file cut off', async () => {
      const at = lines.findLastIndex((line) => line.startsWith('{"record":"entry","log":"tickets"')) - 1;
      const changed = lines.with(at, lines[at]!.replace(/"actor":"[^"]*"/, '"actor":"somebody"'));
      const moved = lines.with(at, lines[at + 1]!).with(at + 1, lines[at]!);
      const cases = {
        'altered: its content': changed,
        'missing: entry': lines.toSpliced(at, 1),
        'reordered: it comes later': moved,
        'inserted: entry': lines.toSpliced(at, 0, lines[at]!),
        'it does not end as an export does': lines.slice(0, -2),
        'no key that was given has signed': lines.map((line) => line.replace(/"root":"./, '"root":"x')),
      };
      for (const [says, tampered] of Object.entries(cases)) {
        const { exitCode, said } = await verify('tampered.jsonl', tampered.join('\n'));
        expect({ says, exitCode, said }).toMatchObject({ exitCode: 1, said: expect.stringContaining(says) });
      }
    });
  });
}
