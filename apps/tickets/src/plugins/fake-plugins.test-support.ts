import type { HookPoint } from '@marquee/contracts';
import type { Hooks } from '@marquee/hooks';
import { accept, refuse } from '@marquee/kernel';

const silent = refuse({ kind: 'Unavailable' as const, message: 'The plugin did not answer.' });

/** Plugins that say what a test wants, by place: `silence` of one that must be heard, `nobody` of one that need not. */
export class FakePlugins {
  says: Partial<Record<HookPoint, unknown>> = {};
  mustBeHeard = false;
  /** What they were asked. */
  asked: { readonly point: HookPoint; readonly input: any }[] = []; // eslint-disable-line @typescript-eslint/no-explicit-any -- the test knows
  readonly hooks: Hooks = {
    has: (_, point) => Object.hasOwn(this.says, point),
    ask: async (_, point, input) => {
      this.asked.push({ point, input });
      return this.says[point] === 'silence' ? silent : accept([this.says[point] as never]);
    },
    askEach: async (_, point, input) => {
      this.asked.push({ point, input });
      const plugin = { name: 'parker', title: 'Parking' };
      if (this.says[point] === 'silence') return silent;
      if (this.says[point] === 'nobody') return accept({ each: [], silent: [plugin] });
      return accept({ each: [{ plugin, output: this.says[point] as never }], silent: [] });
    },
    mustBeHeard: () => this.mustBeHeard,
    stop: async () => undefined,
  };

  /** As before any test. */
  reset(): void {
    [this.says, this.asked, this.mustBeHeard] = [{}, [], false];
  }
}
