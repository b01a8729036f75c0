import { HandleRpc, requireAdmin } from '@atrium/bus';
import { files, type Call, type OutputOf, type ParsedInputOf } from '@atrium/contracts';
import { RoomPurges, uuidArray } from '@atrium/database';
import { EntityManager } from '@mikro-orm/postgresql';
import { Controller } from '@nestjs/common';

/** Tells admins how many files are left of rooms that are purged. */
@Controller()
export class PurgesRpc {
  constructor(
    private readonly em: EntityManager,
    private readonly purges: RoomPurges,
  ) {}

  @HandleRpc(files.adminPurgesLeft)
  async adminPurgesLeft(
    { roomIds }: ParsedInputOf<typeof files.adminPurgesLeft>,
    call: Call,
  ): Promise<OutputOf<typeof files.adminPurgesLeft>> {
    requireAdmin(call);
    const em = this.em.fork();
    const done = await this.purges.findDone(em, roomIds);
    const counts = await em.execute<{ room_id: string; left: number }[]>(
      `select room_id, count(*)::int "left" from files where room_id = any(?::uuid[]) and deleted_at is null group by room_id`,
      [uuidArray(roomIds)],
    );
    const left = new Map(counts.map((row) => [row.room_id, row.left]));
    return { items: roomIds.map((roomId) => ({ roomId, done: done.has(roomId), left: left.get(roomId) ?? 0 })) };
  }
}
