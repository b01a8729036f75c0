import { MembershipHooks, RoomPurge, RoomPurges, removeRoomRows, uuidArray } from '@atrium/database';
import type { RoomFact, RoomFactName } from '@atrium/contracts';
import type { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { FileEntity } from '../files/file.entity.ts';
import { UploadEntity } from '../files/upload.entity.ts';
import { FilesService } from '../files/files.service.ts';

/** Each is a fact, and an object of the store. */
const FILES_AT_ONCE = 20;
const ROWS_AT_ONCE = 500;
/** Rows of files stay, without what they were called: their numbers are told, and their objects are swept by them. */
const KEEP = ['files', 'uploads', 'resumable_uploads', 'purges'];

/** Hears that a room is purged. */
@Injectable()
export class PurgedRooms extends MembershipHooks {
  constructor(private readonly purges: RoomPurges) {
    super();
  }

  override async happened<N extends RoomFactName>(tx: EntityManager, name: N, { roomId, actorId }: RoomFact<N>): Promise<void> {
    if (name === 'roomPurged') await this.purges.ask(tx, roomId, actorId);
  }
}

/** Deletes the files of a room as people do, with text, answers and objects, and then the rest that is kept of it. */
@Injectable()
export class PurgeFiles extends RoomPurge {
  constructor(private readonly files: FilesService) {
    super();
  }

  async step(tx: EntityManager, { roomId, actorId }: { roomId: string; actorId: string | null }): Promise<boolean> {
    const left = await tx.execute<{ id: string }[]>(
      `select id from files where room_id = ? and deleted_at is null order by id limit ${FILES_AT_ONCE}`,
      [roomId],
    );
    for (const { id } of left) await this.files.delete(tx, id, actorId);
    if (left.length > 0) return false;
    await tx.nativeUpdate(FileEntity, { roomId }, { name: '' });
    await tx.nativeUpdate(UploadEntity, { roomId }, { swept: true });
    return removeRoomRows(tx, roomId, { keep: KEEP, atMost: ROWS_AT_ONCE });
  }

  override async countLeft(em: EntityManager, roomIds: readonly string[]): Promise<Map<string, number>> {
    const counts = await em.execute<{ room_id: string; left: number }[]>(
      `select room_id, count(*)::int "left" from files where room_id = any(?::uuid[]) and deleted_at is null group by room_id`,
      [uuidArray(roomIds)],
    );
    return new Map(counts.map((row) => [row.room_id, row.left]));
  }
}
