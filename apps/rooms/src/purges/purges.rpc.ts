import { HandleRpc, requireAdmin } from '@atrium/bus';
import { rooms, type AskedPurge, type Call, type OutputOf, type ParsedInputOf } from '@atrium/contracts';
import { EntityManager } from '@mikro-orm/postgresql';
import { Controller } from '@nestjs/common';

type Row = Omit<AskedPurge, 'askedAt'> & { askedAt: string };

/** Tells admins which rooms are purged, and how many people are left in them. What one was called is kept by the log alone. */
@Controller()
export class PurgesRpc {
  constructor(private readonly em: EntityManager) {}

  @HandleRpc(rooms.adminPurges)
  async adminPurges(
    { roomId: only, limit }: ParsedInputOf<typeof rooms.adminPurges>,
    call: Call,
  ): Promise<OutputOf<typeof rooms.adminPurges>> {
    requireAdmin(call);
    const roomId = only ?? null;
    const rows = await this.em.fork().execute<Row[]>(
      `select p.room_id "roomId", coalesce(nullif(r.name, ''), (
                select a.details ->> 'name' from audit a where a.room_id = p.room_id and a.action = 'room.purged' limit 1), '') "name",
              p.asked_at "askedAt", p.actor_id "askedBy", p.reason, p.done_at is not null "done", r.member_count "peopleLeft"
         from purges p join rooms r on r.id = p.room_id
        where (?::uuid is null or p.room_id = ?) order by p.asked_at desc limit ?`,
      [roomId, roomId, limit],
    );
    return { items: rows.map((row) => ({ ...row, askedAt: new Date(row.askedAt).toISOString() })) };
  }
}
