import { transact, uuidArray } from '@atrium/database';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';

/** The rows of absent hosts, changed for many rooms at once and always in the rooms' order, so that nobody deadlocks. */
@Injectable()
export class HostAbsences {
  constructor(private readonly em: EntityManager) {}

  /** Hosts who went: their rooms are looked at after the grace. */
  async open(userIds: readonly string[], graceSeconds: number): Promise<void> {
    await transact(this.em, (tx) =>
      tx.execute(
        `insert into host_absences (room_id, host_id, gone_at, due_at)
         select id, host_id, now(), now() + make_interval(secs => ?) from rooms
         where host_id = any(?::uuid[]) and archived_at is null
         order by id
         on conflict (room_id) do update set host_id = excluded.host_id, gone_at = excluded.gone_at, due_at = excluded.due_at`,
        [graceSeconds, uuidArray(userIds)],
      ),
    );
  }

  /** The same for rooms found without their host. What is known of the absence already stays as it is. */
  async openFor(roomIds: readonly string[], graceSeconds: number): Promise<void> {
    await transact(this.em, (tx) =>
      tx.execute(
        `insert into host_absences as a (room_id, host_id, gone_at, due_at)
         select id, host_id, now(), now() + make_interval(secs => ?) from rooms
         where id = any(?::uuid[]) and host_id is not null and archived_at is null
         order by id
         on conflict (room_id) do update set host_id = excluded.host_id, gone_at = excluded.gone_at, due_at = excluded.due_at
         where a.host_id <> excluded.host_id`,
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
   * People who came or went: the rooms without their host to which that matters are looked at now. That is where such a
   * person is host, moderator, or acts, or where nobody acts yet. A row under a look that began before is waited for, so
   * that its outcome is not the last word.
   */
  async wake(userIds: readonly string[]): Promise<void> {
    await transact(this.em, (tx) =>
      tx.execute(
        `update host_absences set due_at = now() where room_id in (
           select a.room_id from host_absences a join rooms r on r.id = a.room_id
           where exists (select from members m where m.room_id = a.room_id and m.user_id = any(?::uuid[])
             and (m.role <> 'member' or r.acting_host_id is null or r.acting_host_id = m.user_id))
           order by a.room_id for update of a)`,
        [uuidArray(userIds)],
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
