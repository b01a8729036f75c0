import type { Attachment, FileRecord } from '@atrium/contracts';
import { prepared, uuidArray } from '@atrium/database';
import type { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';

/** The `seq` at which a file is added that has not been. */
const NEVER = 2_147_483_647;

type FileRow = { id: string; name: string; content_type: string; size: string; status: string; threat: string | null };

const filesByIds = prepared<FileRow>(
  'files by id',
  'select id, name, content_type, size, status, threat from files where id = any(?::uuid[]) and deleted_at is null',
);

/** A projection of the room's files, so that a message can show what is attached without asking. */
@Injectable()
export class AttachmentsRepository {
  /** The attachments of some messages, by file id. Deleted files are absent. */
  async findByIds(em: EntityManager, fileIds: readonly string[]): Promise<Map<string, Attachment>> {
    if (fileIds.length === 0) return new Map();
    const rows = await filesByIds(em, [uuidArray(fileIds)]);
    return new Map(rows.map((row) => [row.id, toAttachment(row)]));
  }

  /**
   * @param seq the entry that tells of the file now; the earliest one stays known as when it was added. A draft is kept
   * for its uploader, unless its message has been sent since.
   */
  async save(tx: EntityManager, file: FileRecord, seq: number): Promise<void> {
    const draftOf = file.draft ? file.uploaderId : null;
    await tx.execute(
      `insert into files (id, room_id, name, content_type, size, status, threat, added_seq, draft_of) values (?, ?, ?, ?, ?, ?, ?, ?, ?)
       on conflict (id) do update set name = excluded.name, content_type = excluded.content_type, size = excluded.size, status = excluded.status,
         threat = excluded.threat,
         added_seq = least(files.added_seq, excluded.added_seq),
         draft_of = case when files.draft_of is null then null else excluded.draft_of end,
         sent_with = case when excluded.draft_of is null then null else files.sent_with end`,
      [
        file.id,
        file.roomId,
        file.name,
        file.contentType,
        file.size,
        file.status,
        file.threat ?? null,
        draftOf === null ? seq : NEVER,
        draftOf,
      ],
    );
  }

  async remove(tx: EntityManager, fileId: string): Promise<void> {
    await tx.execute('update files set deleted_at = now(), sent_with = null where id = ?', [fileId]);
  }

  /** Whether nobody but its uploader knows of the file. */
  async isDraft(tx: EntityManager, fileId: string): Promise<boolean> {
    const [row] = await tx.execute<{ draft: boolean }[]>('select draft_of is not null as draft from files where id = ?', [fileId]);
    return row?.draft ?? false;
  }
}

export function toAttachment(row: FileRow): Attachment {
  const { id, name, content_type: contentType, size, status, threat } = row;
  return { id, name, contentType, size: Number(size), status, ...(threat !== null && { threat }) };
}
