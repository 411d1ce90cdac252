import type { Viewer } from '@marquee/subgraph';
import type { ScanRequest } from '../scans/scan-ticket.ts';
import type { Services } from '../services.ts';

/** Why plugins keep the door shut for a ticket; null where they do not. Asked of no one where none has a say. */
export async function askAtDoor(
  { hooks }: Services,
  { organisationId }: Viewer,
  request: Pick<ScanRequest, 'occurrenceId' | 'direction' | 'deviceId'> & { readonly ticketId: string },
): Promise<string | null> {
  if (!hooks.has(organisationId, 'scan-decision')) return null;
  const { ticketId, occurrenceId, direction = 'IN', deviceId } = request;
  const now = new Date().toISOString();
  const said = await hooks.ask(organisationId, 'scan-decision', {
    now,
    ticketId,
    occurrenceId,
    direction,
    deviceId,
  });
  if (!said.ok) return said.refusal.message;
  return said.value.find((output) => output.refusal !== null)?.refusal ?? null;
}
