import { transact, uuidArray } from '@atrium/database';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';

/** The rows of absent hosts, changed for many rooms at once and always in the rooms' order, so that nobody deadlocks. */
@Injectable()
export class HostAbsences {
  constructor(private readonly em: EntityManager) {}

  /** Hosts who went: their rooms are looked at after the grace. An acting host who goes does not reset the first one's time. */
  async open(userIds: readonly string[], graceSeconds: number): Promise<void> {
    await transact(this.em, (tx) =>
      tx.execute(
        `insert into host_absences as a (room_id, host_id, gone_at, due_at)
         select id, host_id, now(), now() + make_interval(secs => ?) from rooms
         where host_id = any(?::uuid[]) and archived_at is null
         order by id
         on conflict (room_id) do update set
           gone_at = case when a.acting_host_id is null then excluded.gone_at else a.gone_at end,
           due_at = excluded.due_at
         where excluded.host_id = coalesce(a.acting_host_id, a.host_id)`,
        [graceSeconds, uuidArray(userIds)],
      ),
    );
  }

  /** The same for rooms found without their host. What is to be looked at sooner stays as it is. */
  async openFor(roomIds: readonly string[], graceSeconds: number): Promise<void> {
    await transact(this.em, (tx) =>
      tx.execute(
        `insert into host_absences as a (room_id, host_id, gone_at, due_at)
         select id, host_id, now(), now() + make_interval(secs => ?) from rooms
         where id = any(?::uuid[]) and host_id is not null and archived_at is null
         order by id
         on conflict (room_id) do update set due_at = excluded.due_at where a.due_at > excluded.due_at`,
        [graceSeconds, uuidArray(roomIds)],
      ),
    );
  }

  /** Remembers who was ever connected: a host who never was cannot have gone. */
  async remember(userIds: readonly string[]): Promise<void> {
    await this.em.execute('update profiles set has_connected = true where user_id = any(?::uuid[]) and not has_connected', [
      uuidArray(userIds),
    ]);
  }

  /** The rooms of these people that somebody else leads who was once connected. */
  async ledByOthers(userIds: readonly string[]): Promise<{ roomId: string; hostId: string }[]> {
    const ids = uuidArray(userIds);
    return this.em.execute<{ roomId: string; hostId: string }[]>(
      `select distinct r.id "roomId", r.host_id "hostId" from members m
       join rooms r on r.id = m.room_id and r.archived_at is null
       join profiles p on p.user_id = r.host_id and p.has_connected
       where m.user_id = any(?::uuid[]) and r.host_id <> all(?::uuid[])`,
      [ids, ids],
    );
  }

  /**
   * People who came: hosts who are back are looked at now, and so are rooms where nobody could act before. A row that
   * is due may be under a look that began before they came: it is waited for, so that its outcome is not the last word.
   */
  async wake(userIds: readonly string[], graceSeconds: number): Promise<void> {
    const ids = uuidArray(userIds);
    await transact(this.em, (tx) =>
      tx.execute(
        `update host_absences a set due_at = case
           when a.host_id = any(?::uuid[]) then now()
           else greatest(now(), a.gone_at + make_interval(secs => ?)) end
         where room_id in (
           select room_id from host_absences
           where (host_id = any(?::uuid[]) or due_at <= now() or due_at > now() + interval '1 year') and room_id in (
             select room_id from host_absences where host_id = any(?::uuid[])
             union select room_id from members where user_id = any(?::uuid[]))
           order by room_id for update)`,
        [ids, graceSeconds, ids, ids, ids],
      ),
    );
  }

  /** Rooms whose time has come. */
  async due(limit: number): Promise<string[]> {
    const rows = await this.em.execute<{ room_id: string }[]>(
      'select room_id from host_absences where due_at <= now() order by due_at limit ?',
      [limit],
    );
    return rows.map((row) => row.room_id);
  }
}
