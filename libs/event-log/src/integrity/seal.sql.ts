/**
 * Writes a batch of the chain: $1 its entries, $2 the new tips, $3 the Merkle nodes to keep, each a JSON array. One
 * statement, because from the first write on this transaction holds back every reader of the log.
 *
 * Two leaders cannot be (advisory lock), and would not do harm: the second one's entry meets the primary key.
 */
export const sealSql = `
with entries as (
  insert into event_chain (organisation_id, sequence, position, event_id, stream_id, version, hash)
  select organisation, sequence, position, event, stream, version, decode(hash, 'hex')
  from jsonb_to_recordset($1::jsonb) as entry
    (organisation uuid, sequence bigint, position bigint, event uuid, stream text, version integer, hash text)
), nodes as (
  insert into event_chain_node (organisation_id, level, index, hash)
  select organisation, level, index, decode(hash, 'hex')
  from jsonb_to_recordset($3::jsonb) as node (organisation uuid, level smallint, index bigint, hash text)
)
insert into event_chain_tip as known (organisation_id, size, hash, frontier, tx, position)
select organisation, size, decode(hash, 'hex'),
  array(select decode(root, 'hex') from unnest(frontier) with ordinality as roots (root, place) order by place),
  tip.tx::xid8, position
from jsonb_to_recordset($2::jsonb) as tip
  (organisation uuid, size bigint, hash text, frontier text[], tx text, position bigint)
on conflict (organisation_id) do update
  set size = excluded.size, hash = excluded.hash, frontier = excluded.frontier,
    tx = excluded.tx, position = excluded.position`;
