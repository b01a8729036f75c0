import type { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';

export type Act = { roomId: string; actorId: string; action: string; detail: Readonly<Record<string, unknown>> };

/** Who changed what about a room's bot and webhooks, stored with the change. */
@Injectable()
export class AuditRepository {
  async add(tx: EntityManager, { roomId, actorId, action, detail }: Act): Promise<void> {
    await tx.execute('insert into audit (room_id, actor_id, action, detail) values (?, ?, ?, ?::jsonb)', [
      roomId,
      actorId,
      action,
      JSON.stringify(detail),
    ]);
  }
}
