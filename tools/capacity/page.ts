import type { Measured, Plan } from './plan.ts';
import type { Need } from './size.ts';

const begin = '<!-- made by `npm run capacity -- --docs` -->';
const end = '<!-- made until here -->';

/** Plans and what each needs. */
export type Sized = readonly { readonly plan: Pick<Plan, 'name'>; readonly needs: readonly Need[] }[];

/** What plans need, as the table of docs/sre/capacity.md. */
function tableOf(measured: Measured, sized: Sized): string {
  const services = [...new Set(sized.flatMap(({ needs }) => needs.map(({ service }) => service)))];
  const cell = (needs: readonly Need[], service: string) => {
    const need = needs.find((each) => each.service === service);
    if (!need) return '';
    return need.limitMemoryMiB === null
      ? `${need.replicas} cores`
      : `${need.replicas} of ${need.requestCpuMilli}m, ${need.limitMemoryMiB} MiB`;
  };
  const rows = [
    ['', ...sized.map(({ plan }) => plan.name)],
    ['---', ...sized.map(() => '---')],
    ...services.map((service) => [service, ...sized.map(({ needs }) => cell(needs, service))]),
  ];
  const table = rows.map((row) => `| ${row.join(' | ')} |`).join('\n');
  return `From the figures of ${measured.date} (${measured.machine}): processes with the CPU and memory of each, and cores of the servers.\n\n${table}`;
}

/** The page with the table as it is today. */
export function pageWith(page: string, measured: Measured, sized: Sized): string {
  const [before, rest = ''] = page.split(begin);
  const after = rest.split(end)[1];
  if (after === undefined) throw new Error(`docs/sre/capacity.md has lost its ${begin} or ${end}`);
  return `${before}${begin}\n<!-- prettier-ignore-start -->\n\n${tableOf(measured, sized)}\n\n<!-- prettier-ignore-end -->\n${end}${after}`;
}
