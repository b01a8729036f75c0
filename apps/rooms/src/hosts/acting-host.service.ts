import { Signals } from '@atrium/bus';
import { roomSignals } from '@atrium/contracts';
import { afterCommit } from '@atrium/database';
import type { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Chronicle } from '../chronicle/chronicle.service.ts';
import type { RoomEntity } from '../rooms/room.entity.ts';

/** Says who acts for a host who is away: in the room's row, in the audit log, and live; not in the timeline. */
@Injectable()
export class ActingHost {
  constructor(
    private readonly chronicle: Chronicle,
    private readonly signals: Signals,
  ) {}

  /** @param room locked by this transaction */
  set(tx: EntityManager, room: RoomEntity, actingHostId: string | null): void {
    if (room.actingHostId === actingHostId) return;
    const action = actingHostId === null ? 'host.acting_ended' : 'host.acting';
    this.chronicle.note(tx, { roomId: room.id, actorId: null, action, targetId: actingHostId ?? room.actingHostId ?? undefined });
    room.actingHostId = actingHostId;
    const version = (room.actingRevision += 1);
    afterCommit(tx, () => this.signals.send(roomSignals.acting, { roomId: room.id, actingHostId, version }));
  }
}

/** Whoever may act, or moderate, has changed: the next sweep decides anew. */
export async function lookAgain(tx: EntityManager, roomId: string): Promise<void> {
  await tx.execute('update host_absences set due_at = now() where room_id = ?', [roomId]);
}
