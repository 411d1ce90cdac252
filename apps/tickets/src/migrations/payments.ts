import { tenantTable } from '@marquee/postgres';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Payments as their providers tell of them: the provider's own name of each payment and refund, its disputes, and an
 * inbox of its webhooks by event id. Several payments of an order may be confirmed (instalments); one at a time is on
 * its way.
 */
const changes = `
alter table payment
  -- The provider's name of it; null until it was started there: nothing can have been charged before.
  add column reference text,
  -- Where its payer must agree (3-D Secure), while the provider waits for that.
  add column action_url text;
create unique index payment_reference on payment (provider, reference) where reference is not null;
drop index payment_one_at_a_time;
create unique index payment_one_at_a_time on payment (organisation_id, order_id)
  where status in ('CREATED', 'PENDING', 'AUTHORIZED');

alter table refund add column reference text;
create unique index refund_reference on refund (organisation_id, payment_id, reference) where reference is not null;

-- What of the paid money its payer's bank has taken back; with refunds it never exceeds what was paid.
alter table ticket_order
  add column charged_back_minor bigint not null default 0,
  add constraint ticket_order_chargebacks
    check (charged_back_minor >= 0 and refunded_minor + charged_back_minor <= paid_minor);

create table payment_dispute (
  organisation_id uuid not null,
  id uuid not null,
  payment_id uuid not null,
  -- The provider's name of it.
  reference text not null,
  status text not null check (status in ('OPEN', 'WON', 'LOST')),
  amount_minor bigint not null check (amount_minor >= 0),
  currency text not null,
  reason text,
  created_at timestamptz not null default now(),
  closed_at timestamptz,
  primary key (organisation_id, id),
  unique (organisation_id, payment_id, reference),
  foreign key (organisation_id, payment_id) references payment (organisation_id, id)
);

-- A webhook is written down and answered at once, and worked off in transactions of its own.
create table payment_webhook (
  organisation_id uuid not null,
  provider text not null,
  event_id text not null,
  payment_id uuid not null,
  fact jsonb not null,
  received_at timestamptz not null default now(),
  processed_at timestamptz,
  attempts integer not null default 0,
  last_error text,
  primary key (organisation_id, provider, event_id)
);
create index payment_webhook_open on payment_webhook (received_at) where processed_at is null;

-- The sandbox provider's own memory, as before; the columns tell what the newer tokens do.
alter table sandbox_charge
  add column token text not null default 'approve',
  add column action text check (action in ('REQUIRED', 'DONE')),
  add column captured boolean not null default true,
  add column cancelled boolean not null default false,
  add column return_url text;
create table sandbox_webhook (
  organisation_id uuid not null,
  id uuid not null,
  event_id uuid not null,
  body text not null,
  deliver_at timestamptz not null default now(),
  attempts integer not null default 0,
  delivered_at timestamptz,
  primary key (organisation_id, id)
);
create index sandbox_webhook_due on sandbox_webhook (deliver_at) where delivered_at is null;
`;

const names = ['payment_dispute', 'payment_webhook', 'sandbox_webhook'];

export class Payments1763800600001 implements MigrationInterface {
  readonly name = 'Payments1763800600001';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(changes + names.map(tenantTable).join('\n'));
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      drop table ${names.toReversed().join(', ')};
      alter table sandbox_charge drop column token, drop column action, drop column captured, drop column cancelled,
        drop column return_url;
      alter table ticket_order drop column charged_back_minor;
      alter table refund drop column reference;
      alter table payment drop column reference, drop column action_url;
      drop index payment_one_at_a_time;
      create unique index payment_one_at_a_time on payment (organisation_id, order_id)
        where status in ('CREATED', 'PENDING', 'AUTHORIZED', 'CONFIRMED');`);
  }
}
