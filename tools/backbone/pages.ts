import { commands } from '../cli/commands/index.ts';
import { auditCommands } from '../cli/audit/verify.ts';
import { helpOf } from '../cli/command.ts';
import { overview } from '../cli/marquee.ts';
import { toPage } from '../cli/flow/diagram.ts';
import { readEventFlow } from '../cli/flow/event-flow.ts';
import type { Page } from '../docs/write-pages.ts';
import { workspaceRoot } from '../start/config.ts';

/** The generated pages, not yet formatted. */
export function pages(): Page[] {
  return [
    { path: 'docs/backbone/event-flow.md', text: toPage(readEventFlow(workspaceRoot)) },
    { path: 'docs/backbone/cli.md', text: cliPage() },
  ];
}

function cliPage(): string {
  const sections = [...commands, ...auditCommands].map(
    (command) => `## ${[command.area, command.name].join(' ').trimStart()}\n\n${code(helpOf(command))}`,
  );
  return `# The command line: npx marquee events

Generated from \`--help\` by \`npm run generate\`; CI fails when it is stale.

${code(overview())}

## In short

- Without \`--database\` a command finds the running platform through \`.marquee/run.json\` (\`MARQUEE_HOME\` for another
  home) and opens each service's database as the service does.
- A **position** is \`transaction/position\`, such as \`412/98\`: both parts are needed, since neither alone is in order.
  \`tail\` and \`export\` read below the oldest open transaction, so they never pass over an event.
- What acts on the running platform (\`append\`, \`import\`) wants \`--yes\`: relays publish it and services act on it.
- Progress and remarks go to stderr, results to stdout. Ctrl-C ends \`tail -f\` with 0.

${sections.join('\n\n')}
`;
}

function code(text: string): string {
  return `\`\`\`text\n${text.trimEnd()}\n\`\`\``;
}
