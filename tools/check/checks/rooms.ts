import type { Check } from '../check.ts';

/** What a service's copy of rooms and memberships must say, given what the rooms service says. */
function copiesOf(service: 'messages' | 'files'): Check[] {
  return [
    {
      name: `copy-members-${service}`,
      settles: 'services',
      sql: `
        select format('%s/%s', coalesce(m.room_id, c.room_id), coalesce(m.user_id, c.user_id)) as key,
          format('for room %s, %s is %s, and for ${service} %s', coalesce(m.room_id, c.room_id), coalesce(m.user_id, c.user_id),
            coalesce(m.role || ' since ' || m.joined_at, 'not in it'), coalesce(c.role || ' since ' || c.joined_at, 'not in it')) as says
        from rooms.members m full join (select * from ${service}.access where removed_at is null) c on c.room_id = m.room_id and c.user_id = m.user_id
        where m.role is distinct from c.role or m.joined_at is distinct from c.joined_at`,
    },
    {
      name: `copy-rooms-${service}`,
      settles: 'services',
      sql: `
        select coalesce(r.id, c.id)::text as key,
          format('room %s is (%s, %s, %s), and for ${service} (%s, %s, %s)', coalesce(r.id, c.id), r.who_can_post, r.history_visibility,
            r.archived_at, c.who_can_post, c.history_visibility, c.archived_at) as says
        from rooms.rooms r full join ${service}.rooms c on c.id = r.id
        where (r.who_can_post, r.history_visibility, r.archived_at) is distinct from (c.who_can_post, c.history_visibility, c.archived_at)`,
    },
  ];
}

export const roomChecks: readonly Check[] = [
  {
    name: 'rooms-one-host',
    sql: `
      select r.id::text as key, format('room %s has %s people and %s hosts; its own row names %s', r.id, m.people, m.hosts, coalesce(r.host_id::text, 'nobody')) as says
      from (select room_id, count(*) as people, count(*) filter (where role = 'host') as hosts,
              (array_agg(user_id) filter (where role = 'host'))[1] as host_id
            from rooms.members group by room_id) m
      join rooms.rooms r on r.id = m.room_id where m.hosts <> 1 or r.host_id is distinct from m.host_id`,
  },
  {
    name: 'rooms-member-count',
    sql: `
      select r.id::text as key, format('room %s counts %s people and has %s', r.id, r.member_count, coalesce(m.people, 0)) as says
      from rooms.rooms r left join (select room_id, count(*) as people from rooms.members group by room_id) m on m.room_id = r.id
      where r.member_count <> coalesce(m.people, 0)`,
  },
  {
    name: 'rooms-audited',
    sql: `
      select format('%s/%s', f.room_id, f.version) as key, format('nothing in the audit log of room %s stands for %s (fact %s)', f.room_id, f.name, f.version) as says
      from rooms.facts f where not exists (select from rooms.audit a where a.room_id = f.room_id and a.at = (f.payload ->> 'at')::timestamptz)`,
  },
  ...copiesOf('messages'),
  ...copiesOf('files'),
];
