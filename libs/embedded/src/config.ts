import { accessSync, constants } from 'node:fs';

/** The only file of this library that reads the environment. */
export function searchPath(): string {
  return process.env['PATH'] ?? '';
}

export function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
