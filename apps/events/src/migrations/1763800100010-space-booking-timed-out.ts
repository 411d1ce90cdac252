import type { MigrationInterface, QueryRunner } from 'typeorm';

const check = (statuses: string) => `
  alter table occurrence drop constraint occurrence_space_booking_status_check;
  alter table occurrence add constraint occurrence_space_booking_status_check
    check (space_booking_status in (${statuses}))`;

/** Venues has not answered in time: one more of the statuses that planners see. */
export class SpaceBookingTimedOut1763800100010 implements MigrationInterface {
  readonly name = 'SpaceBookingTimedOut1763800100010';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(check(`'NONE', 'PENDING', 'BOOKED', 'CONFLICT', 'RELEASED', 'TIMED_OUT'`));
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      `update occurrence set space_booking_status = 'PENDING' where space_booking_status = 'TIMED_OUT'`,
    );
    await queryRunner.query(check(`'NONE', 'PENDING', 'BOOKED', 'CONFLICT', 'RELEASED'`));
  }
}
