import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Viewer } from '@marquee/subgraph';
import type { TestGraph } from '../harness.test-support.ts';

// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Answer = any;

export const document = `mutation ($input: ImportCalendarInput!) { importCalendar(input: $input) {
  __typename
  ... on CalendarImported { created updated unchanged refused
    entries { line uid summary result reason warnings event { id title status timeZone description
      occurrences(first: 100) { edges { node { id startsAt endsAt status spaceBookingStatus revision } } } } } }
  ... on InvalidInput { field message } ... on Refusal { message } } }`;

/** What the graph answers to an import. */
export async function sendCalendar(
  graph: TestGraph,
  viewer: Viewer,
  content: string,
  input: object = {},
): Promise<Answer> {
  const { data, errors } = await graph.query(viewer, document, { input: { content, ...input } });
  if (errors) throw new Error(JSON.stringify(errors));
  return data.importCalendar;
}

export const fixture = (name: string) => readFileSync(join(import.meta.dirname, 'fixtures', name), 'utf8');
export const vevent = (...lines: string[]) => ['BEGIN:VEVENT', ...lines, 'END:VEVENT'].join('\r\n');
export const calendar = (...events: string[]) =>
  ['BEGIN:VCALENDAR', 'X-WR-TIMEZONE:Europe/Berlin', ...events, 'END:VCALENDAR'].join('\r\n');
export const weekly = (sequence: number, ...lines: string[]) =>
  calendar(
    vevent(
      'UID:weekly',
      `SEQUENCE:${sequence}`,
      'DTSTART;TZID=Europe/Berlin:20270320T190000',
      'DURATION:PT2H',
      'RRULE:FREQ=WEEKLY;COUNT=4',
      ...lines,
    ),
  );
export const nodesOf = (report: Answer, entry = 0) =>
  report.entries[entry].event.occurrences.edges.map((edge: Answer) => edge.node);
