import { tenantTable } from '@marquee/postgres';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What organisers ask for each ticket, and what was answered: for each place of an order's line, before there are
 * tickets. A ticket knows its place, and so its answers.
 */
const tables = `
create table question (
  organisation_id uuid not null,
  id uuid not null,
  event_id uuid not null,
  -- The types that it is asked for; null for all of the event.
  ticket_type_ids uuid[],
  label text not null,
  kind text not null check (kind in ('TEXT', 'CHOICE', 'NUMBER', 'YES_NO')),
  choices text[] not null default '{}',
  required boolean not null default false,
  active boolean not null default true,
  created_at timestamptz not null default now(),
  primary key (organisation_id, id)
);
create index question_of_event on question (organisation_id, event_id, created_at);

create table order_answer (
  organisation_id uuid not null,
  order_line_id uuid not null,
  -- Of the line, from 0.
  place integer not null,
  question_id uuid not null,
  order_id uuid not null,
  value text not null,
  answered_at timestamptz not null default now(),
  primary key (organisation_id, order_line_id, place, question_id),
  foreign key (organisation_id, order_line_id) references order_line (organisation_id, id),
  foreign key (organisation_id, question_id) references question (organisation_id, id)
);
create index order_answer_of_order on order_answer (organisation_id, order_id);

alter table ticket add column line_place integer;
`;

const names = ['question', 'order_answer'];

export class Questions1763800500003 implements MigrationInterface {
  readonly name = 'Questions1763800500003';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(tables + names.map(tenantTable).join('\n'));
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      `alter table ticket drop column line_place; drop table ${names.toReversed().join(', ')};`,
    );
  }
}
