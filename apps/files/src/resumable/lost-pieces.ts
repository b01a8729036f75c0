import { transact } from '@atrium/database';
import { EntityManager, LockMode } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { objectKey } from '../files/file.entity.ts';
import { UploadEntity } from '../files/upload.entity.ts';
import { ObjectStore } from '../storage/object-store.ts';
import { isStale, PIECE_SECONDS, ResumableUploadEntity, restKey, takenBy, type OpenPiece } from './resumable-upload.entity.ts';
import { UnfinishedUploads } from './unfinished-uploads.ts';

type Place = { roomId: string; fileId: string };
type Locked = { row: UploadEntity; upload: ResumableUploadEntity };

const BATCH = 100;

/** Clears up after pieces that were let in and are not kept: their bytes go, and then their space is free again. */
@Injectable()
export class LostPieces {
  constructor(
    private readonly em: EntityManager,
    private readonly store: ObjectStore,
    private readonly unfinished: UnfinishedUploads,
  ) {}

  /** @returns false when it has to be done later, because a backup is being made */
  async remove(place: Place, piece: number): Promise<boolean> {
    const found = await this.locked(place, ({ upload }) => {
      const open = upload.open.find((other) => other.piece === piece);
      // From here on nobody keeps it.
      if (open) upload.open = upload.open.map((other) => (other === open ? { ...open, lost: true } : other));
      return { upload, open };
    });
    // Its upload became a file, or is gone: no row tells of bytes that came afterwards.
    if (!found) return this.unfinished.removeObject(restKey(place, piece));
    if (!found.open) return true;
    if (!(await this.removeBytes(found.upload, found.open))) return false;
    const swept = await this.locked(place, ({ row, upload }) => {
      upload.open = upload.open.filter((other) => other.piece !== piece);
      row.taken = takenBy(upload);
      return row.swept;
    });
    return swept ? this.unfinished.remove(this.em.fork(), { id: place.fileId, roomId: place.roomId }) : true;
  }

  /** Those of a gateway that died: nothing comes of them any more. */
  async removeStale({ open, ...place }: Place & { open: readonly OpenPiece[] }): Promise<void> {
    for (const piece of open) if (isStale(piece) && !(await this.remove(place, piece.piece))) return;
  }

  async sweep(): Promise<void> {
    const uploads = await this.em.fork().execute<(Place & { open: OpenPiece[] })[]>(
      `select file_id as "fileId", room_id as "roomId", open from resumable_uploads
        where exists (select from jsonb_array_elements(open) as piece
                       where piece ->> 'lost' = 'true' or (piece ->> 'openedAt')::timestamptz < now() - make_interval(secs => ?))
        limit ${BATCH}`,
      [PIECE_SECONDS],
    );
    for (const upload of uploads) await this.removeStale(upload);
  }

  private async removeBytes(upload: ResumableUploadEntity, { piece, isPart }: OpenPiece): Promise<boolean> {
    if (!isPart) return this.unfinished.removeObject(restKey(upload, piece));
    const key = objectKey({ roomId: upload.roomId, id: upload.fileId });
    await this.store.emptyPart(key, { multipartId: upload.multipartId, part: piece });
    return true;
  }

  private locked<T>({ roomId, fileId }: Place, act: (locked: Locked) => T): Promise<T | null> {
    return transact(this.em, async (tx) => {
      const row = await tx.findOne(UploadEntity, { fileId, roomId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
      const upload = row && (await tx.findOne(ResumableUploadEntity, { fileId }));
      return row && upload && act({ row, upload });
    });
  }
}
