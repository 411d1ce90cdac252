import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Leaves what the run came to in a file, for the one line that ends `npm test`. */
export default class TallyReporter {
  constructor({ rootDir }) {
    this.folder = join(rootDir, 'coverage');
  }

  onRunComplete(_contexts, results) {
    const tally = {
      passed: results.numPassedTests,
      // A suite that did not even load has no tests that could fail.
      failed: results.numFailedTests + results.numRuntimeErrorTestSuites,
      skipped: results.numPendingTests + results.numTodoTests,
    };
    mkdirSync(this.folder, { recursive: true });
    writeFileSync(join(this.folder, 'tally.json'), JSON.stringify(tally));
  }
}
