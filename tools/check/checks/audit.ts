import { databaseServices, type DatabaseService } from '../../local/provision.ts';
import type { Check } from '../check.ts';

/** As `audit.sql` makes it, but written out here: whoever owns the functions of the database could change those. */
const CONTENT = `sha256(convert_to(jsonb_build_array(id, room_id, to_char(at at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS.US'),
  actor_id, action, target_id, reason, details)::text, 'UTF8'))`;

/** Links are made every two seconds while a service runs. */
const UNLINKED = `interval '1 minute'`;

/**
 * Each row carries the hash of its content, its number and the hash of the row before it, so that a row cannot be
 * changed, removed or put in without the next one showing it. The end shows by the head, which is a row of its own.
 */
const chainOf = (service: DatabaseService): Check => ({
  name: `audit-chain-${service}`,
  sql: `
    with entries as (select id, number, hash, digest, ${CONTENT} as content from ${service}.audit),
    linked as (
      select *, lag(number, 1, 0::bigint) over w as before, lag(hash, 1, sha256(convert_to('${service}', 'UTF8'))) over w as link
      from entries where number is not null window w as (order by number)),
    broken as (
      select id, number, case
        when number > before + 1 then format('rows %s to %s of the audit log of ${service} are gone', before + 1, number - 1)
        when digest <> content then format('row %s of the audit log of ${service} (%s) was changed', number, id)
        when hash is distinct from sha256(link || content || int8send(number)) then
          format('the chain of the audit log of ${service} breaks at row %s (%s): this row or the one before it was changed', number, id)
        end as says
      from linked),
    last as (select coalesce(max(number), 0) as number from linked)
    select id::text as key, says from broken where says is not null
    union all
    select id::text, format('row %s of the audit log of ${service}, which has no number yet, was changed', id)
      from entries where number is null and digest <> content
    union all
    select 'head', format('the audit log of ${service} ends at row %s, and its head says %s', l.number, coalesce(h.number::text, 'nothing'))
      from last l left join ${service}.audit_head h on true where h.number is distinct from l.number
    union all
    select 'head', format('the head of the audit log of ${service} is not the hash of row %s', h.number)
      from ${service}.audit_head h join linked l on l.number = h.number where h.hash <> l.hash`,
});

const unlinkedOf = (service: DatabaseService): Check => ({
  name: `audit-linked-${service}`,
  settles: 'services',
  sql: `
    select id::text as key, format('row %s of the audit log of ${service}, of %s, is not linked yet', id, at) as says
    from ${service}.audit where number is null and at < now() - ${UNLINKED}`,
});

export const auditChecks: readonly Check[] = databaseServices.flatMap((service) => [chainOf(service), unlinkedOf(service)]);
