import { readContentLines, type ContentLine } from './content-lines.ts';

/** A component of a calendar, such as one VEVENT, with its own properties. */
export type Component = {
  readonly name: string;
  /** Of its BEGIN. */
  readonly line: number;
  readonly properties: readonly ContentLine[];
  readonly components: readonly Component[];
  /** What was passed over inside it. */
  readonly warnings: readonly string[];
};

type Open = {
  name: string;
  line: number;
  properties: ContentLine[];
  components: Component[];
  warnings: string[];
};

/** What a file holds, however it is nested: several calendars in one file count as one. */
export type CalendarFile = {
  /** Properties of the calendar itself, such as X-WR-TIMEZONE. */
  readonly properties: readonly ContentLine[];
  readonly timeZones: readonly Component[];
  /** VEVENT, VTODO, VJOURNAL and whatever else stands in a calendar, in the order of the file. */
  readonly entries: readonly Component[];
};

/** Entries do not stand in one another: where one begins, one whose END is missing has ended. */
const entryNames = new Set(['VEVENT', 'VTODO', 'VJOURNAL', 'VFREEBUSY', 'VTIMEZONE', 'VAVAILABILITY']);
const maxDepth = 10;

/** The components of a file; null where nothing in it is a calendar. */
export function readCalendarFile(content: string): CalendarFile | null {
  const root: Open = open('', 0);
  const stack: Open[] = [root];
  const close = (): void => {
    const closed = stack.pop()!;
    stack.at(-1)!.components.push(closed);
  };
  for (const read of readContentLines(content)) {
    const current = stack.at(-1)!;
    if ('fault' in read) current.warnings.push(`Line ${read.line} was passed over: ${read.fault}.`);
    else if (read.name === 'BEGIN') {
      const name = read.value.trim().toUpperCase();
      if (entryNames.has(name)) while (stack.length > 1 && stack.at(-1)!.name !== 'VCALENDAR') close();
      if (stack.length < maxDepth) stack.push(open(name, read.line));
    } else if (read.name === 'END') {
      const name = read.value.trim().toUpperCase();
      // An END of something that is not open closes nothing.
      if (stack.some((component) => component.name === name)) while (stack.at(-1)!.name !== name) close();
      if (stack.at(-1)!.name === name && stack.length > 1) close();
    } else current.properties.push(read);
  }
  while (stack.length > 1) close();
  return collect(root);
}

function open(name: string, line: number): Open {
  return { name, line, properties: [], components: [], warnings: [] };
}

function collect(root: Component): CalendarFile | null {
  const calendars = root.components.filter(({ name }) => name === 'VCALENDAR');
  const inside = [...calendars.flatMap(({ components }) => components), ...root.components].filter(
    ({ name }) => name !== 'VCALENDAR',
  );
  if (calendars.length === 0 && inside.length === 0) return null;
  return {
    properties: calendars.flatMap(({ properties }) => properties),
    timeZones: inside.filter(({ name }) => name === 'VTIMEZONE'),
    entries: inside
      .filter(({ name }) => name !== 'VTIMEZONE')
      .toSorted((one, other) => one.line - other.line),
  };
}

/** The first property of that name that the component itself has. */
export function propertyOf(
  { properties }: Pick<Component, 'properties'>,
  name: string,
): ContentLine | undefined {
  return properties.find((property) => property.name === name);
}
