// The parts of a browser that the client uses, as little of each as it needs: so the library compiles without the DOM's
// types, and a test can stand in for any of it.

type Listener = (event: { readonly data?: unknown }) => void;

type Socket = {
  addEventListener(type: 'open' | 'message' | 'close' | 'error', listener: Listener): void;
  send(text: string): void;
  close(): void;
};

type Source = {
  addEventListener(type: 'message' | 'error', listener: Listener): void;
  close(): void;
};

type Channel = {
  addEventListener(type: 'message', listener: Listener): void;
  postMessage(message: unknown): void;
  close(): void;
};

export type Environment = {
  readonly WebSocket?: new (url: string) => Socket;
  readonly EventSource?: new (url: string) => Source;
  readonly BroadcastChannel?: new (name: string) => Channel;
  readonly navigator?: {
    readonly locks?: {
      request(
        name: string,
        options: { readonly signal: AbortSignal },
        work: () => Promise<void>,
      ): Promise<unknown>;
    };
  };
  addEventListener?(type: 'online', listener: () => void): void;
  removeEventListener?(type: 'online', listener: () => void): void;
};
