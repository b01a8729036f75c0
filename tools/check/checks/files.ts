import type { Check } from '../check.ts';

const UNFINISHED = `('stored', 'queued', 'extracting')`;

export const fileChecks: readonly Check[] = [
  {
    name: 'files-end',
    settles: 'services',
    sql: `
      select id::text as key, format('file %s has been %s since %s', id, status, touched_at) as says
      from files.files where deleted_at is null and status in ${UNFINISHED} and touched_at < now() - interval '10 minutes'`,
  },
  {
    name: 'files-text-whole',
    sql: `
      select f.id::text as key,
        format('file %s says it has %s pages and %s passages, and has %s and %s', f.id, coalesce(f.pages, 0), coalesce(f.chunks, 0),
          coalesce(p.pages, 0), coalesce(c.chunks, 0)) as says
      from files.files f
      left join (select file_id, count(*) as pages from files.file_pages group by file_id) p on p.file_id = f.id
      left join (select file_id, count(*) as chunks from files.file_chunks group by file_id) c on c.file_id = f.id
      where f.deleted_at is null
        and (coalesce(f.pages, 0) <> coalesce(p.pages, 0) or coalesce(f.chunks, 0) <> coalesce(c.chunks, 0))`,
  },
  {
    name: 'files-text-once',
    sql: `
      select format('%s/%s/%s', file_id, page, start_at) as key,
        format('file %s has the passage at %s of page %s %s times', file_id, start_at, page, count(*)) as says
      from files.file_chunks group by file_id, page, start_at, end_at having count(*) > 1`,
  },
  {
    name: 'files-deleted-forgotten',
    sql: `
      select f.id::text as key, format('file %s is deleted, and its text is still there', f.id) as says
      from files.files f where f.deleted_at is not null
        and exists (select from files.file_pages p where p.file_id = f.id)`,
  },
  {
    name: 'copy-files-messages',
    settles: 'services',
    sql: `
      select coalesce(f.id, c.id)::text as key,
        format('file %s is %s, and for messages %s', coalesce(f.id, c.id), coalesce(f.state, 'unknown'), coalesce(c.state, 'unknown')) as says
      from (select id, case when deleted_at is null then status else 'deleted' end as state from files.files) f
      full join (select id, case when deleted_at is null then status else 'deleted' end as state from messages.files) c on c.id = f.id
      where f.state is distinct from c.state and not (f.state = 'deleted' and c.state is null)`,
  },
  {
    name: 'log-files-messages',
    settles: 'services',
    sql: `
      with told as (
        select distinct on (id) id, state from (
          select coalesce(data #>> '{file,id}', data ->> 'fileId')::uuid as id, seq,
            case type when 'file.added' then data #>> '{file,status}' when 'file.status' then data ->> 'status' else 'deleted' end as state
          from messages.entries where type in ('file.added', 'file.status', 'file.deleted')) e
        order by id, seq desc)
      select c.id::text as key, format('file %s is %s for messages, and the last its room was told is %s', c.id, c.state, coalesce(t.state, 'nothing')) as says
      from (select id, case when deleted_at is null then status else 'deleted' end as state from messages.files) c
      left join told t on t.id = c.id where c.state is distinct from t.state
        and not exists (select from messages.files f join messages.rooms r on r.id = f.room_id where f.id = c.id and r.purged_at is not null)`,
  },
];

/** `objects` is what the store holds, in a table of this connection's own. */
export const objectChecks: readonly Check[] = [
  {
    name: 'objects-of-files',
    settles: 'moment',
    sql: `
      select f.id::text as key, format('file %s (%s) has %s in the store', f.id, f.status,
        coalesce(o.size || ' bytes instead of ' || f.size, 'no object')) as says
      from files.files f left join objects o on o.key = format('rooms/%s/%s', f.room_id, f.id)
      where f.deleted_at is null and f.status <> 'failed' and o.size is distinct from f.size`,
  },
  {
    name: 'objects-known',
    settles: 'moment',
    sql: `
      select o.key, format('object %s belongs to no file and no upload', o.key) as says
      from objects o
      where not exists (select from files.files f where o.key = format('rooms/%s/%s', f.room_id, f.id) and not f.object_removed)
        and not exists (select from files.uploads u where o.key = format('rooms/%s/%s', u.room_id, u.file_id))
        and not exists (select from files.resumable_uploads r where starts_with(o.key, format('uploads/%s/%s/', r.room_id, r.file_id)))`,
  },
];
