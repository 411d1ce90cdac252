import type { Invariant } from '@marquee/postgres';

/** The readings of tickets that let them in or out, each with the rule of its list, in the order of the clock. */
const passages = `
  select s.organisation_id, s.list_id, s.ticket_id, s.id, s.direction, s.at, l.entries_per_ticket, l.exits, l.re_entry
  from scan_standing s
  join check_in_list l on l.organisation_id = s.organisation_id and l.id = s.list_id
  where s.result = 'ACCEPTED'`;

/** What the readings add up to, of each ticket on each list. */
const sums = `
  select organisation_id, list_id, ticket_id, count(*) filter (where direction = 'IN') as ins,
    count(*) filter (where direction = 'OUT') as outs
  from scan_standing where result = 'ACCEPTED' group by organisation_id, list_id, ticket_id`;

/** The rule of admission, whoever read the ticket, in whatever order it became known. */
export const checkInInvariants: readonly Invariant[] = [
  {
    number: 7,
    states: 'a ticket is let in no more often than its list allows',
    over: 'scan',
    sql: `select format('ticket %s on list %s', ticket_id, list_id) as subject from (${passages}) as p
          where direction = 'IN' and not re_entry
          group by organisation_id, list_id, ticket_id, entries_per_ticket
          having count(*) > entries_per_ticket`,
  },
  {
    number: 7,
    states: 'where exits are read, a ticket goes in and out by turns',
    over: 'scan',
    sql: `select format('ticket %s on list %s', ticket_id, list_id) as subject from (
            select p.*, lag(direction, 1, 'OUT') over (
              partition by organisation_id, list_id, ticket_id order by at, id) as before
            from (${passages}) as p where exits) as turns
          where direction = before`,
  },
  {
    number: 7,
    states: 'a ticket is let in at its own occurrence alone',
    over: 'scan',
    sql: `select format('ticket %s', t.id) as subject from scan_standing s
          join ticket t on t.organisation_id = s.organisation_id and t.id = s.ticket_id
          join check_in_list l on l.organisation_id = s.organisation_id and l.id = s.list_id
          where s.result = 'ACCEPTED' and (s.occurrence_id <> t.occurrence_id or l.occurrence_id <> t.occurrence_id)`,
  },
  {
    number: 7,
    states: 'who is inside, and how often a ticket passed, is the sum of its readings',
    over: 'admission',
    sql: `select format('ticket %s on list %s', coalesce(a.ticket_id, s.ticket_id), coalesce(a.list_id, s.list_id)) as subject
          from admission a full join (${sums}) as s
            on s.organisation_id = a.organisation_id and s.list_id = a.list_id and s.ticket_id = a.ticket_id
          left join check_in_list l on l.organisation_id = a.organisation_id and l.id = a.list_id
          where coalesce(s.ins, 0) <> coalesce(a.ins, 0) or coalesce(s.outs, 0) <> coalesce(a.outs, 0)
            or a.inside <> (a.ins > a.outs and (l.exits or a.ins > 0))
            or a.entries > l.entries_per_ticket or not l.re_entry and a.entries <> a.ins`,
  },
  {
    number: 7,
    states: 'the counters of a list are the sums of its readings',
    over: 'check_in_counter',
    sql: `select format('list %s at %s', coalesce(c.list_id, s.list_id), coalesce(c.gate, s.gate)) as subject
          from check_in_counter c full join (
            select s.organisation_id, s.list_id, t.ticket_type_id, s.gate,
              count(*) filter (where s.result = 'ACCEPTED' and s.direction = 'IN') as entries,
              count(*) filter (where s.result = 'ACCEPTED' and s.direction = 'OUT') as exits,
              count(*) filter (where s.result = 'REJECTED') as rejected,
              count(*) filter (where s.result = 'CONFLICT') as conflicts
            from scan_standing s left join ticket t on t.organisation_id = s.organisation_id and t.id = s.ticket_id
            where s.about_id is null and s.list_id is not null
            group by 1, 2, 3, 4) as s
            on s.organisation_id = c.organisation_id and s.list_id = c.list_id and s.gate = c.gate
              and s.ticket_type_id is not distinct from c.ticket_type_id
          where coalesce(c.entries, 0) <> coalesce(s.entries, 0) or coalesce(c.exits, 0) <> coalesce(s.exits, 0)
            or coalesce(c.rejected, 0) <> coalesce(s.rejected, 0)
            or coalesce(c.conflicts, 0) <> coalesce(s.conflicts, 0)
          union all
          select format('list %s', coalesce(c.list_id, a.list_id)) from (
            select organisation_id, list_id, ticket_type_id, sum(admitted) as admitted, sum(inside) as inside
            from check_in_counter group by 1, 2, 3) as c
          full join (
            select a.organisation_id, a.list_id, t.ticket_type_id, count(*) filter (where ins > 0) as admitted,
              count(*) filter (where inside) as inside
            from admission a join ticket t on t.organisation_id = a.organisation_id and t.id = a.ticket_id
            group by 1, 2, 3) as a
            on a.organisation_id = c.organisation_id and a.list_id = c.list_id and a.ticket_type_id = c.ticket_type_id
          where coalesce(c.admitted, 0) <> coalesce(a.admitted, 0) or coalesce(c.inside, 0) <> coalesce(a.inside, 0)`,
  },
  {
    number: 7,
    states:
      'a conflict names the reading that counts, of the same ticket on the same list, and it does count',
    over: 'scan',
    sql: `select format('scan %s', s.id) as subject from scan_standing s
          left join scan_standing w on w.organisation_id = s.organisation_id and w.id = s.winner_id
          where s.result = 'CONFLICT' and (
            s.winner_id is null and s.reason in ('ALREADY_ADMITTED', 'ALREADY_INSIDE')
            or s.winner_id is not null and (w.result is distinct from 'ACCEPTED' or w.ticket_id <> s.ticket_id
              or w.list_id <> s.list_id))`,
  },
  {
    number: 7,
    states: 'a reading stands as undone exactly where someone undid it',
    over: 'scan',
    sql: `select format('scan %s', s.id) as subject from scan_standing s
          left join scan u on u.organisation_id = s.organisation_id and u.about_id = s.id
          where s.about_id is null and (s.result = 'REVERSED') <> (u.id is not null)`,
  },
];
