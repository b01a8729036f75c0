import type { files, OutputOf } from '@atrium/contracts';
import type { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';

type Pages = OutputOf<typeof files.text>;
type PageRow = { page: number; text: string };

/** Text sent at once, in bytes: a message of the bus holds one mebibyte, and JSON adds to it. */
const REPLY_BYTES = 400_000;

/** The statements about files that the entity manager cannot say in a line. */
@Injectable()
export class FilesRepository {
  /** The pages after one, as many as fit a reply; always at least one. */
  async readPages(em: EntityManager, fileId: string, afterPage: number): Promise<Pages> {
    const rows = await em.execute<PageRow[]>(
      `select page, text from (
         select page, text, sum(octet_length(text)) over (order by page) - octet_length(text) as before
         from file_pages where file_id = ? and page > ? order by page
       ) sized where before < ? order by page`,
      [fileId, afterPage, REPLY_BYTES],
    );
    const [{ last } = { last: 0 }] = await em.execute<{ last: number }[]>(
      'select coalesce(max(page), 0) as last from file_pages where file_id = ?',
      [fileId],
    );
    const end = rows.at(-1)?.page ?? last;
    return { pages: rows.map(({ page, text }) => ({ page, text })), nextAfterPage: end < last ? end : null };
  }

  /** Removes what was read from a file, and every answer that quotes it. */
  async forget(tx: EntityManager, file: { id: string; roomId: string }): Promise<void> {
    await tx.execute('delete from file_search where file_id = ?', [file.id]);
    await tx.execute('delete from file_previews where file_id = ?', [file.id]);
    await tx.execute('delete from file_pages where file_id = ?', [file.id]);
    await tx.execute('delete from file_chats where file_id = ?', [file.id]);
    await tx.execute('delete from file_chats where room_id = ? and file_id is null and citations @> ?::jsonb', [
      file.roomId,
      JSON.stringify([{ fileId: file.id }]),
    ]);
  }
}
