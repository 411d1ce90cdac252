import {
  closeSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { identify, isRunning, type ProcessIdentity } from '../start/processes.ts';
import type { Progress, Store } from './run.ts';
import { ReleaseError } from './error.ts';

/** The state in a file that is whole at every instant, also at that of a power cut. */
export function fileStore(file: string): Store {
  return {
    load: () => {
      try {
        return JSON.parse(readFileSync(file, 'utf8')) as Progress;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
        throw new ReleaseError(`${file} is no state of a release: ${(error as Error).message}`, {
          cause: error,
        });
      }
    },
    save: (progress) => {
      const draft = openSync(`${file}.new`, 'w');
      writeSync(draft, `${JSON.stringify(progress, null, 2)}\n`);
      fsyncSync(draft);
      closeSync(draft);
      renameSync(`${file}.new`, file);
    },
  };
}

/** Two who drive one release would undo each other's weights. A lock that its holder did not outlive is taken over. */
export function lockState(file: string): () => void {
  const lock = `${file}.lock`;
  const take = () => writeFileSync(lock, JSON.stringify(identify(process.pid)), { flag: 'wx' });
  try {
    take();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    const holder = JSON.parse(readFileSync(lock, 'utf8')) as ProcessIdentity;
    if (isRunning(holder))
      throw new ReleaseError(`Process ${holder.pid} carries this release out already.`, { cause: error });
    rmSync(lock);
    take();
  }
  return () => rmSync(lock, { force: true });
}
