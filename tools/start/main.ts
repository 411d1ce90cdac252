import { runLauncher } from './cli.ts';
import { workspaceRoot } from './config.ts';

// Ends by itself: what still holds the process open after a stop is nothing that anybody waits for.
process.exit(await runLauncher(process.argv.slice(2), workspaceRoot));
