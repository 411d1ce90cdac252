import { readFileSync, watch } from 'node:fs';
import { basename, dirname } from 'node:path';
import type { Logger } from '@marquee/telemetry';

/** Editors and renames raise several events for one change. */
const settleMs = 100;

/**
 * Calls `onChange` with the file's new text after it changed. Watches the directory: a file that is renamed into
 * place, as every careful writer does, is another file than the one first watched. Answers how to stop.
 */
export function watchSupergraph(file: string, onChange: (sdl: string) => void, logger: Logger): () => void {
  let last = readFileSync(file, 'utf8');
  let timer: NodeJS.Timeout | undefined;
  const reread = () => {
    try {
      const text = readFileSync(file, 'utf8');
      if (text === last || text.trim() === '') return;
      last = text;
      onChange(text);
      logger.info({ file }, 'took a new supergraph');
    } catch (error) {
      logger.error({ error, file }, 'kept the old supergraph: the new one cannot be taken');
    }
  };
  const watcher = watch(dirname(file), (_event, name) => {
    if (name !== null && name !== basename(file)) return;
    clearTimeout(timer);
    timer = setTimeout(reread, settleMs);
  });
  return () => {
    clearTimeout(timer);
    watcher.close();
  };
}
