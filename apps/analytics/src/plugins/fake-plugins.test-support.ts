import { noHooks, type Hooks } from '@marquee/hooks';

type Said = Awaited<ReturnType<Hooks['askEach']>>;
export type Asked = {
  readonly report: string;
  readonly rows: readonly object[];
  readonly figures?: readonly object[];
  readonly counts?: readonly object[];
};

/** Plugins with a say in reports once a test says what they say. */
export class FakePlugins {
  says: ((asked: Asked) => Said) | null = null;
  asked: Asked[] = [];
  readonly hooks: Hooks = {
    ...noHooks,
    has: (_, point) => this.says !== null && point === 'report-column',
    askEach: async (_, __, input) => {
      this.asked.push(input as Asked);
      return this.says!(input as Asked) as never;
    },
  };

  /** As before any test. */
  reset(): void {
    [this.says, this.asked] = [null, []];
  }
}
