import { actors, instant } from './log.ts';
import type { TableRows } from './rows.ts';
import type { SeedScan, World } from './types.ts';

export const demoGate = 'demo-door';

/** The list that each occurrence has from the start, who came in by it, and what the readings add up to. */
export function checkInRows(world: World): TableRows[] {
  const admitted = world.scans.filter(({ result }) => result === 'ACCEPTED');
  return [
    {
      table: 'check_in_list',
      replica: true,
      rows: world.occurrences.map(({ organisationId, id }) => ({
        organisation_id: organisationId,
        id,
        occurrence_id: id,
        name: 'Admission',
        entries_per_ticket: 1,
      })),
    },
    { table: 'scan', rows: world.scans.map(scanRow) },
    {
      table: 'admission',
      rows: admitted.map((scan) => ({
        organisation_id: scan.organisationId,
        list_id: scan.order.hold.occurrence.id,
        ticket_id: scan.ticket.id,
        entries: 1,
        ins: 1,
        outs: 0,
        inside: true,
        first_in_at: instant(scan.scannedMs),
        last_at: instant(scan.scannedMs),
        last_in_id: scan.id,
      })),
    },
    { table: 'check_in_counter', rows: counterRows(world.scans) },
  ];
}

function scanRow(scan: SeedScan) {
  const occurrenceId = scan.order.hold.occurrence.id;
  return {
    organisation_id: scan.organisationId,
    id: scan.id,
    occurrence_id: occurrenceId,
    list_id: occurrenceId,
    ticket_id: scan.ticket.id,
    nonce: `demo-${scan.id}`,
    request_hash: 'demo',
    result: scan.result,
    reason: scan.reason,
    direction: 'IN',
    gate: demoGate,
    epoch: 1,
    offline: false,
    at: instant(scan.scannedMs),
    scanned_at: instant(scan.scannedMs),
    received_at: instant(scan.scannedMs),
    device_id: demoGate,
    scanned_by: actors.scanner,
  };
}

function counterRows(scans: readonly SeedScan[]) {
  const byTypeAndNight = Map.groupBy(
    scans,
    ({ order, ticket }) => `${order.hold.occurrence.id} ${ticket.ticketType.id}`,
  );
  return [...byTypeAndNight.values()].map((own) => {
    const [{ organisationId, order, ticket }] = own as [SeedScan, ...SeedScan[]];
    const admitted = own.filter(({ result }) => result === 'ACCEPTED').length;
    return {
      organisation_id: organisationId,
      list_id: order.hold.occurrence.id,
      ticket_type_id: ticket.ticketType.id,
      gate: demoGate,
      admitted,
      inside: admitted,
      entries: admitted,
      exits: 0,
      rejected: own.length - admitted,
      conflicts: 0,
    };
  });
}
