/** The only place of this library that reads the environment. */
export function searchPath(): string {
  return process.env['PATH'] ?? '';
}
