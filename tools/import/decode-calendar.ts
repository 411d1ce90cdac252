/** The text of a calendar file, and what had to be guessed about its bytes. */
export type DecodedCalendar = { readonly text: string; readonly warning: string | null };

/**
 * Calendars are UTF-8 and mostly are. Some programs write UTF-16 or the encoding of an old Windows, and many fold
 * lines inside a character, which leaves bytes that are no UTF-8 until they are put together again.
 */
export function decodeCalendar(bytes: Buffer): DecodedCalendar {
  if (bytes[0] === 0xff && bytes[1] === 0xfe)
    return { text: bytes.subarray(2).toString('utf16le'), warning: null };
  if (bytes[0] === 0xfe && bytes[1] === 0xff) {
    // An odd byte at the end is half a character.
    const even = Buffer.from(bytes.subarray(2, bytes.length - (bytes.length % 2)));
    return { text: even.swap16().toString('utf16le'), warning: null };
  }
  const joined = joinBrokenCharacters(bytes);
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(joined), warning: null };
  } catch {
    return {
      text: new TextDecoder('windows-1252').decode(bytes),
      warning: 'The file is not UTF-8; it was read as Windows-1252.',
    };
  }
}

/**
 * Moves each fold that stands inside a character behind it. Nothing is added or taken away, so that every line keeps
 * its number.
 */
function joinBrokenCharacters(bytes: Buffer): Buffer {
  const isContinuation = (at: number) => (bytes[at]! & 0xc0) === 0x80;
  let result: Buffer | null = null;
  for (let at = bytes.indexOf('\n'); at >= 0; at = bytes.indexOf('\n', at + 1)) {
    const start = bytes[at - 1] === 0x0d ? at - 1 : at;
    const isFold = bytes[at + 1] === 0x20 || bytes[at + 1] === 0x09;
    if (
      !isFold ||
      start === 0 ||
      bytes[start - 1]! < 0x80 ||
      at + 2 >= bytes.length ||
      !isContinuation(at + 2)
    )
      continue;
    let end = at + 2;
    while (end < bytes.length && isContinuation(end)) end++;
    result ??= Buffer.from(bytes);
    bytes.copy(result, start, at + 2, end);
    bytes.copy(result, start + (end - at - 2), start, at + 2);
  }
  return result ?? bytes;
}
