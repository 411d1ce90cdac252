/** The log of all organisations but those that were removed: of these the rows are gone, and the log alone stays. */
export const logOfPresent = `(
    select * from event_log where organisation_id not in (select organisation_id from removed_organisation)
  ) as event_log`;
