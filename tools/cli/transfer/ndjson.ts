import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import { StringDecoder } from 'node:string_decoder';
import { finished } from 'node:stream/promises';
import type { Readable } from 'node:stream';
import { toJsonLine } from '../log/format.ts';
import type { EventWriter } from './formats.ts';
import { parseLine, type FileEvent } from './record.ts';

export function writeNdjson(file: string): EventWriter {
  const stream = createWriteStream(file, { flags: 'wx', highWaterMark: 1 << 20 });
  const done = finished(stream);
  // Awaited in finish; until then a fault must not end the process.
  done.catch(() => undefined);
  return {
    write: async (record) => {
      if (stream.write(`${toJsonLine(record)}\n`)) return;
      await Promise.race([once(stream, 'drain'), done]);
    },
    finish: async () => {
      stream.end();
      await done;
    },
    abandon: async () => {
      stream.destroy();
      await done.catch(() => undefined);
    },
  };
}

/** Events of a file, or of stdin for `-`; empty lines are passed over. */
export async function* readNdjson(file: string): AsyncGenerator<FileEvent, void, undefined> {
  const input: Readable = file === '-' ? process.stdin : createReadStream(file, { highWaterMark: 1 << 20 });
  let place = 0;
  for await (const line of linesOf(input)) {
    if (line.trim() !== '') yield parseLine(line, ++place);
  }
}

/** Not `readline`: that ends a line at U+2028 too, which stands bare within JSON. */
async function* linesOf(input: Readable): AsyncGenerator<string, void, undefined> {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  for await (const chunk of input) {
    const lines = (rest + decoder.write(chunk as Buffer)).split('\n');
    rest = lines.pop()!;
    yield* lines;
  }
  yield rest + decoder.end();
}
