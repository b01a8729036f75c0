import type { RoomRole } from '@atrium/contracts';
import { transact } from '@atrium/database';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { AccessService } from '../access/access.service.ts';
import { RoomLogRepository } from '../log/room-log.repository.ts';
import { LAST_SENT, slowModeRefusal } from '../sends/slow-mode.ts';

type Turn = { roomId: string; turnId: string };
type Waiting = { role: RoomRole; slowModeSeconds: number; turnId: string | null; lastSentAt: Date | null };

/** Whose turn it is in a room with slow mode, for what a bot says because somebody asked it to. */
@Injectable()
export class TurnsService {
  constructor(
    private readonly em: EntityManager,
    private readonly access: AccessService,
    private readonly log: RoomLogRepository,
  ) {}

  /** @throws AppError `slow_mode` with the seconds that are left */
  async take(userId: string, { roomId, turnId }: Turn): Promise<void> {
    await this.access.requireMember(roomId, userId);
    await transact(this.em, async (tx) => {
      // Sends hold the same lock, so that of a message and a turn at once one comes first.
      await this.log.lock(tx, roomId);
      const waiting = await this.find(tx, roomId, userId);
      if (!waiting || waiting.turnId === turnId) return;
      const now = new Date();
      const refusal = slowModeRefusal(waiting, now);
      if (refusal) throw refusal;
      await tx.execute(
        `insert into turns (room_id, user_id, turn_id, taken_at) values (?, ?, ?, ?)
         on conflict (room_id, user_id) do update set turn_id = excluded.turn_id, taken_at = excluded.taken_at`,
        [roomId, userId, turnId, now],
      );
    });
  }

  async giveBack(userId: string, { roomId, turnId }: Turn): Promise<void> {
    await this.em.execute('delete from turns where room_id = ? and user_id = ? and turn_id = ?', [roomId, userId, turnId]);
  }

  /** What slow mode goes by; null where it is off. */
  private async find(tx: EntityManager, roomId: string, userId: string): Promise<Waiting | null> {
    const [row] = await tx.execute<(Omit<Waiting, 'lastSentAt'> & { lastSentAt: string | null })[]>(
      `select a.role, r.slow_mode_seconds "slowModeSeconds", t.turn_id "turnId", s.last_sent_at "lastSentAt"
         from (select ?::uuid as room_id, ?::uuid as author_id) w
         join rooms r on r.id = w.room_id and r.slow_mode_seconds > 0
         join access a on a.room_id = w.room_id and a.user_id = w.author_id and a.removed_at is null
         left join turns t on t.room_id = w.room_id and t.user_id = w.author_id ${LAST_SENT}`,
      [roomId, userId],
    );
    return row ? { ...row, lastSentAt: row.lastSentAt === null ? null : new Date(row.lastSentAt) } : null;
  }
}
