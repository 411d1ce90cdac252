/** One property of a calendar, unfolded: RFC 5545, section 3.1. */
export type ContentLine = {
  /** Of its first physical line in the file, from 1. */
  readonly line: number;
  /** Upper case. */
  readonly name: string;
  /** By upper-case name; quotes taken off. */
  readonly params: ReadonlyMap<string, readonly string[]>;
  /** As written: escapes are the business of the value's type. */
  readonly value: string;
};

export type ReadLine = ContentLine | { readonly line: number; readonly fault: string };

/** A logical line and where it begins. */
export type LogicalLine = { readonly line: number; readonly text: string };

/**
 * Joins folded lines. Calendars in the wild end lines with CRLF, LF or CR, fold with a blank or a tab, fold inside a
 * character pair, begin with a byte order mark and leave empty lines between.
 */
export function unfold(content: string): LogicalLine[] {
  const lines: { line: number; parts: string[] }[] = [];
  const physical = content.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/);
  for (const [index, text] of physical.entries()) {
    const last = lines.at(-1);
    if (/^[ \t]/.test(text) && last) last.parts.push(text.slice(1));
    else if (text.trim() !== '') lines.push({ line: index + 1, parts: [text] });
  }
  return lines.map(({ line, parts }) => ({ line, text: parts.join('') }));
}

/** Writes a line folded at 75 octets as the specification asks, never inside a character. */
export function fold(text: string): string {
  const chunks: string[] = [];
  let chunk = '';
  let octets = 0;
  for (const character of text) {
    const size = Buffer.byteLength(character);
    // The blank that begins a continuation counts too.
    if (octets + size > (chunks.length === 0 ? 75 : 74)) {
      chunks.push(chunk);
      chunk = '';
      octets = 0;
    }
    chunk += character;
    octets += size;
  }
  return [...chunks, chunk].join('\r\n ');
}

/** Every logical line of a calendar, read or with what is wrong with it. */
export function readContentLines(content: string): ReadLine[] {
  return unfold(content).map(({ line, text }) => readContentLine(line, text));
}

const namePattern = /^[A-Za-z0-9-]+/;

export function readContentLine(line: number, text: string): ReadLine {
  const name = namePattern.exec(text)?.[0] ?? '';
  const params = new Map<string, readonly string[]>();
  let at = name.length;
  while (name && text[at] === ';') {
    const param = readParam(text, at + 1);
    if (!param) break;
    params.set(param.name, param.values);
    at = param.end;
  }
  if (!name || text[at] !== ':') return { line, fault: `"${text.slice(0, 40)}" is not a property` };
  return { line, name: name.toUpperCase(), params, value: text.slice(at + 1) };
}

/** `NAME=value,"quoted value"`, up to the next `;` or `:`. */
function readParam(text: string, start: number) {
  const name = namePattern.exec(text.slice(start, start + 100))?.[0] ?? '';
  let at = start + name.length;
  if (!name || text[at] !== '=') return null;
  const values: string[] = [];
  do {
    at += 1;
    const quoted = text[at] === '"';
    const end = quoted ? text.indexOf('"', at + 1) : endOfBareValue(text, at);
    if (end < 0) return null;
    values.push(text.slice(quoted ? at + 1 : at, end));
    at = quoted ? end + 1 : end;
  } while (text[at] === ',');
  return { name: name.toUpperCase(), values, end: at };
}

function endOfBareValue(text: string, start: number): number {
  const length = text.slice(start).search(/[,;:]/);
  return length < 0 ? -1 : start + length;
}

/** TEXT without its escapes: RFC 5545, section 3.3.11. What cannot be shown is left out. */
export function unescapeText(value: string): string {
  const text = value.replace(/\\([\\;,nN])/g, (_, escaped: string) => (/n/i.test(escaped) ? '\n' : escaped));
  return text
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, '')
    .replace(/\p{Surrogate}/gu, '\ufffd');
}
