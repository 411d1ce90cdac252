import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

const lib = join(import.meta.dirname, '..');
const compiler = join(lib, '../../node_modules/typescript/bin/tsc');

/** Each is a program of its own, which compiles unless a complaint is named. */
const programs: Readonly<Record<string, { readonly source: string; readonly complaint?: RegExp }>> = {
  'a known event with its data': {
    source: `publish({ type: 'events.event-published.v1', data: { eventId: 'x' } });`,
  },
  'an optional field left out': {
    source: `publish({ type: 'guests.guest-registered.v1', data: { guestId: 'x', email: 'y', name: 'z' } });`,
  },
  'an event that nobody knows': {
    source: `publish({ type: 'events.event-forgotten.v1', data: { eventId: 'x' } });`,
    complaint: /event-forgotten\.v1/,
  },
  'a version that does not exist': {
    source: `publish({ type: 'events.event-published.v9', data: { eventId: 'x' } });`,
    complaint: /event-published\.v9/,
  },
  'a field that is missing': {
    source: `publish({ type: 'events.event-published.v1', data: {} });`,
    complaint: /'\{\}' is not assignable/,
  },
  'a field of the wrong type': {
    source: `publish({ type: 'events.event-published.v1', data: { eventId: 7 } });`,
    complaint: /'number' is not assignable to type 'string'/,
  },
  'a field that the event does not have': {
    source: `publish({ type: 'events.event-published.v1', data: { eventId: 'x', mood: 'y' } });`,
    complaint: /'mood' does not exist/,
  },
  'the data of another event': {
    source: `publish({ type: 'events.event-published.v1', data: { venueId: 'x' } });`,
    complaint: /'venueId'|venueId: string/,
  },
  'a handler that reads what is not there': {
    source: `handle('events.event-published.v1', (data) => data.venueId);`,
    complaint: /'venueId' does not exist/,
  },
};

const prelude = `import type { EventData, EventType, NewEvent } from '../../src/index.ts';
declare function publish(event: NewEvent): void;
declare function handle<T extends EventType>(type: T, handler: (data: EventData<T>) => unknown): void;
`;

describe('the compiler, asked to publish', () => {
  let directory: string;
  let complaints: string;

  beforeAll(() => {
    // Inside the library, so that its packages are found, and where no other tool looks.
    mkdirSync(join(lib, 'node_modules'), { recursive: true });
    directory = mkdtempSync(join(lib, 'node_modules', 'compile-'));
    const names = Object.keys(programs);
    for (const [place, name] of names.entries())
      writeFileSync(join(directory, `p${place}.ts`), `${prelude}${programs[name]!.source}\nexport {};\n`);
    const config = { extends: '../../../../tsconfig.base.json', include: ['*.ts'] };
    writeFileSync(join(directory, 'tsconfig.json'), JSON.stringify(config));
    const run = spawnSync(process.execPath, [compiler, '-p', directory, '--pretty', 'false'], {
      encoding: 'utf8',
    });
    complaints = run.stdout + run.stderr;
  });

  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  test.each(Object.keys(programs))('%s, answers as it must', (name) => {
    const file = `p${Object.keys(programs).indexOf(name)}.ts`;
    const said = complaints.split('\n').filter((line) => line.includes(`${file}(`));
    const { complaint } = programs[name]!;
    expect(said).toEqual(complaint ? [expect.stringMatching(complaint)] : []);
  });
});
