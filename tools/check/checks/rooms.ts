import type { Check } from '../check.ts';

/** What a service's copy of rooms and memberships must say, given what the rooms service says. */
function copiesOf(service: 'messages' | 'files'): Check[] {
  const members =
    service === 'messages'
      ? `select room_id, user_id, role, joined_at from messages.access where removed_at is null`
      : `select room_id, user_id, role, joined_at from files.access_members where present`;
  const rooms =
    service === 'messages'
      ? `select id, who_can_post, history_visibility, archived_at from messages.rooms`
      : `select room_id as id, who_can_post, history_visibility, archived_at from files.access_rooms`;
  return [
    {
      name: `copy-members-${service}`,
      settles: 'services',
      sql: `
        select format('%s/%s', coalesce(m.room_id, c.room_id), coalesce(m.user_id, c.user_id)) as key,
          format('for room %s, %s is %s, and for ${service} %s', coalesce(m.room_id, c.room_id), coalesce(m.user_id, c.user_id),
            coalesce(m.role || ' since ' || m.joined_at, 'not in it'), coalesce(c.role || ' since ' || c.joined_at, 'not in it')) as says
        from rooms.members m full join (${members}) c on c.room_id = m.room_id and c.user_id = m.user_id
        where m.role is distinct from c.role or m.joined_at is distinct from c.joined_at`,
    },
    {
      name: `copy-rooms-${service}`,
      settles: 'services',
      sql: `
        select coalesce(r.id, c.id)::text as key,
          format('room %s is (%s, %s, %s), and for ${service} (%s, %s, %s)', coalesce(r.id, c.id), r.who_can_post, r.history_visibility,
            r.archived_at, c.who_can_post, c.history_visibility, c.archived_at) as says
        from rooms.rooms r full join (${rooms}) c on c.id = r.id
        where (r.who_can_post, r.history_visibility, r.archived_at) is distinct from (c.who_can_post, c.history_visibility, c.archived_at)`,
    },
    {
      name: `copy-heads-${service}`,
      settles: 'services',
      sql: `
        select f.room_id::text as key,
          format('rooms told %s facts of room %s, and ${service} has taken in %s', f.head, f.room_id, coalesce(h.version, 0)) as says
        from (select room_id, max(version) as head from rooms.facts group by room_id) f
        left join ${service}.fact_heads h on h.key = f.room_id where coalesce(h.version, 0) <> f.head`,
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
    name: 'rooms-facts-unbroken',
    sql: `
      select f.room_id::text as key, format('the facts of room %s are %s, numbered %s to %s, and the room is at %s', f.room_id, f.facts, f.first, f.last, r.version) as says
      from (select room_id, count(*) as facts, min(version) as first, max(version) as last from rooms.facts group by room_id) f
      left join rooms.rooms r on r.id = f.room_id where f.facts <> f.last - f.first + 1 or f.last is distinct from r.version`,
  },
  {
    name: 'rooms-audited',
    sql: `
      select format('%s/%s', f.room_id, f.version) as key, format('nothing in the audit log of room %s stands for %s (fact %s)', f.room_id, f.name, f.version) as says
      from rooms.facts f where not exists (select from rooms.audit a where a.room_id = f.room_id and a.at = f.at)`,
  },
  ...copiesOf('messages'),
  ...copiesOf('files'),
];
