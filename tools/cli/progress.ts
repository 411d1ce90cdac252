import type { Io } from './command.ts';

/** Shows how far long work has come, on stderr: one line on a terminal, else one every ten seconds. */
export type Progress = {
  show(line: string): void;
  /** Clears the terminal's line. */
  end(): void;
};

export function createProgress(io: Io): Progress {
  let shownAtMs = io.isTerminal ? -Infinity : performance.now();
  let shown = false;
  return {
    show: (line) => {
      if (performance.now() - shownAtMs < (io.isTerminal ? 100 : 10_000)) return;
      shownAtMs = performance.now();
      shown = true;
      io.err(io.isTerminal ? `\r\u001b[K${line}` : `${line}\n`);
    },
    end: () => {
      if (io.isTerminal && shown) io.err('\r\u001b[K');
    },
  };
}

/** `[########            ]  41 %`; without a total, the count alone. */
export function progressBar(done: number, total: number | null, unit: string): string {
  const count = `${done.toLocaleString('en')} ${unit}`;
  if (!total) return count;
  const share = Math.min(done / total, 1);
  const filled = Math.round(share * 24);
  const percent = `${Math.floor(share * 100)}`.padStart(3);
  return `[${'#'.repeat(filled)}${' '.repeat(24 - filled)}] ${percent} %  ${count}`;
}
