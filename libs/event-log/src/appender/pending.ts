/** More appends are waiting than may. Nothing was written; the caller slows down or tells its own caller to. */
export class AppenderFullError extends Error {
  override readonly name = 'AppenderFullError';
  readonly code = 'APPENDER_FULL';
}

/** What was accepted and is not answered yet, within its bounds. */
export class Pending {
  readonly #maxRequests: number;
  readonly #maxBytes: number;
  #requests = 0;
  #bytes = 0;
  #waiting: (() => void)[] = [];

  constructor(maxRequests: number, maxBytes: number) {
    this.#maxRequests = maxRequests;
    this.#maxBytes = maxBytes;
  }

  /** Counts a request until its work has ended, and its bytes once they are known. Throws AppenderFullError. */
  async during<T>(work: (weigh: (bytes: number) => void) => Promise<T>): Promise<T> {
    if (this.#requests >= this.#maxRequests || this.#bytes >= this.#maxBytes)
      throw new AppenderFullError(
        `${this.#requests} appends (${this.#bytes} bytes) are waiting to be written`,
      );
    let weight = 0;
    this.#requests++;
    try {
      return await work((bytes) => {
        weight = bytes;
        this.#bytes += bytes;
      });
    } finally {
      this.#bytes -= weight;
      if (--this.#requests === 0) for (const resolve of this.#waiting.splice(0)) resolve();
    }
  }

  /** Resolves when there are none. */
  async none(): Promise<void> {
    if (this.#requests > 0) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }
}
