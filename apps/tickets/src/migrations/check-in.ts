import { appendOnlyTable, tenantTable } from '@marquee/postgres';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Who is let in where, and how often. A reading stays as it was written; what it counts as is told by its newest verdict,
 * for a reading that comes in late may show that another was first. `admission` is what the readings of one ticket on one
 * list add up to, and the row that gates contend for.
 */
const tables = `
create table check_in_list (
  organisation_id uuid not null,
  id uuid not null,
  occurrence_id uuid not null,
  name text not null default 'Admission',
  -- All types where null.
  ticket_type_ids uuid[],
  valid_from timestamptz,
  valid_until timestamptz,
  -- Any number where null.
  entries_per_ticket integer default 1 check (entries_per_ticket > 0),
  exits boolean not null default false,
  re_entry boolean not null default false,
  revision integer not null default 1,
  created_at timestamptz not null default now(),
  primary key (organisation_id, id),
  constraint check_in_list_name unique (organisation_id, occurrence_id, name),
  check (exits or not re_entry),
  check (valid_from < valid_until)
);

create table admission (
  organisation_id uuid not null,
  list_id uuid not null,
  ticket_id uuid not null,
  -- Entries used up; a way back in that costs none is one of the ins alone.
  entries integer not null default 0,
  ins integer not null default 0,
  outs integer not null default 0,
  inside boolean not null default false,
  first_in_at timestamptz,
  -- Of the last reading that was judged here, whatever became of it.
  last_at timestamptz,
  last_in_id uuid,
  last_out_id uuid,
  primary key (organisation_id, list_id, ticket_id),
  foreign key (organisation_id, list_id) references check_in_list (organisation_id, id),
  check (outs <= ins and entries <= ins and (entries > 0) = (ins > 0))
);
create index admission_of_ticket on admission (organisation_id, ticket_id);

-- Kept in the transaction of each scan. One row a gate: gates never wait for each other, and a total is a handful of rows.
create table check_in_counter (
  organisation_id uuid not null,
  list_id uuid not null,
  -- Null for what is no ticket of ours.
  ticket_type_id uuid,
  gate text not null,
  -- Tickets that came in at all, and those that are inside; by the gate that changed it, so only sums mean something.
  admitted integer not null default 0,
  inside integer not null default 0,
  entries integer not null default 0,
  exits integer not null default 0,
  rejected integer not null default 0,
  conflicts integer not null default 0,
  constraint check_in_counter_key unique nulls not distinct (organisation_id, list_id, ticket_type_id, gate)
);

alter table scan
  add column list_id uuid,
  add column direction text not null default 'IN' check (direction in ('IN', 'OUT')),
  add column gate text,
  add column epoch integer,
  add column offline boolean not null default false,
  -- By the service's clock: a reading that came in late is put where its device's clock, corrected, says.
  add column at timestamptz,
  -- The reading that counts instead of this one.
  add column winner_id uuid,
  -- Of a reversal: the reading that was undone, and why.
  add column about_id uuid,
  add column note text;
alter table scan drop constraint if exists scan_result_check, drop constraint if exists scan_reason_known,
  drop constraint if exists scan_check, drop constraint if exists scan_check1;
alter table scan
  add constraint scan_result_known check (result in ('ACCEPTED', 'REJECTED', 'CONFLICT', 'REVERSED')) not valid,
  add constraint scan_reason_known check (reason in ('ALREADY_ADMITTED', 'UNKNOWN', 'REVOKED', 'WRONG_OCCURRENCE',
    'BAD_SIGNATURE', 'STALE', 'NOT_ON_LIST', 'OUTSIDE_WINDOW', 'ALREADY_INSIDE', 'NOT_INSIDE', 'EXITS_NOT_TAKEN'))
    not valid,
  add constraint scan_reason_given check ((reason is null) = (result in ('ACCEPTED', 'REVERSED'))) not valid,
  add constraint scan_of_ticket check (ticket_id is not null or result = 'REJECTED') not valid,
  add constraint scan_undoes check ((about_id is not null) = (result = 'REVERSED')) not valid;
-- What a process of the release before still writes names no list: it goes on being guarded as it was.
drop index scan_admits_once;
create unique index scan_admits_once on scan (organisation_id, ticket_id) where result = 'ACCEPTED' and list_id is null;
create index scan_of_list on scan (organisation_id, list_id, at desc, id desc);
create index scan_of_ticket on scan (organisation_id, ticket_id, list_id);
create unique index scan_undone_once on scan (organisation_id, about_id) where about_id is not null;

create table scan_verdict (
  organisation_id uuid not null,
  scan_id uuid not null,
  place bigint generated always as identity,
  result text not null check (result in ('ACCEPTED', 'CONFLICT', 'REVERSED')),
  reason text check ((reason is not null) = (result = 'CONFLICT')),
  winner_id uuid,
  judged_at timestamptz not null default clock_timestamp(),
  primary key (organisation_id, scan_id, place)
);
`;

/** The owner is bound by row-level security too (it is forced), and so sees no rows unless it steps aside for a moment. */
const backfill = `
alter table occurrence no force row level security;
alter table scan no force row level security;
alter table ticket no force row level security;
insert into check_in_list (organisation_id, id, occurrence_id) select organisation_id, id, id from occurrence;
update scan set list_id = occurrence_id, at = received_at, gate = left(device_id, 100);
insert into admission (organisation_id, list_id, ticket_id, entries, ins, inside, first_in_at, last_at, last_in_id)
  select organisation_id, list_id, ticket_id, 1, 1, true, at, at, id from scan where result = 'ACCEPTED';
insert into check_in_counter (organisation_id, list_id, ticket_type_id, gate, admitted, inside, entries, rejected)
  select s.organisation_id, s.list_id, t.ticket_type_id, s.gate, count(*) filter (where s.result = 'ACCEPTED'),
    count(*) filter (where s.result = 'ACCEPTED'), count(*) filter (where s.result = 'ACCEPTED'),
    count(*) filter (where s.result = 'REJECTED')
  from scan s left join ticket t on t.organisation_id = s.organisation_id and t.id = s.ticket_id
  group by 1, 2, 3, 4;
alter table occurrence force row level security;
alter table scan force row level security;
alter table ticket force row level security;
`;

/** What each reading counts as now. */
const standing = `
create view scan_standing with (security_invoker = true) as
  select s.organisation_id, s.id, s.list_id, s.occurrence_id, s.ticket_id, s.direction, s.gate, s.at, s.offline,
    s.scanned_at, s.received_at, s.device_id, s.scanned_by, s.about_id, s.note, s.result as first_result,
    case when v.result is null then s.result else v.result end as result,
    case when v.result is null then s.reason else v.reason end as reason,
    case when v.result is null then s.winner_id else v.winner_id end as winner_id
  from scan s
  left join lateral (
    select result, reason, winner_id from scan_verdict v
    where v.organisation_id = s.organisation_id and v.scan_id = s.id order by place desc limit 1) v on true;
`;

const names = ['check_in_list', 'admission', 'check_in_counter', 'scan_verdict'];

export class CheckIn1763900300001 implements MigrationInterface {
  readonly name = 'CheckIn1763900300001';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      [tables, backfill, standing, ...names.map(tenantTable), appendOnlyTable('scan_verdict')].join('\n'),
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    // The wider checks stay, and so does what was written: readings are written down for ever.
    await queryRunner.query(`
      drop view scan_standing;
      drop table ${names.toReversed().join(', ')};
      drop index scan_of_list, scan_of_ticket, scan_undone_once;
      alter table scan drop constraint scan_undoes, drop constraint scan_reason_given,
        drop column list_id, drop column direction, drop column gate, drop column epoch, drop column offline,
        drop column at, drop column winner_id, drop column about_id, drop column note`);
  }
}
