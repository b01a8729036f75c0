import type { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import type { Chunk } from '../indexing/chunks.ts';

type ReadText = { pages: { page: number; text: string }[]; chunks: Chunk[] };

/** Rows written by one statement, so that none runs into its time limit. */
const BATCH = 500;

/** Pages and passages of a file. */
@Injectable()
export class TextRepository {
  /** Swaps everything a file says for something new, inside the caller's transaction. */
  async replace(tx: EntityManager, fileId: string, { pages, chunks }: ReadText): Promise<void> {
    await tx.execute('delete from file_pages where file_id = ?', [fileId]);
    await tx.execute('delete from file_search where file_id = ? and page > 0', [fileId]);
    await tx.execute('update files set indexed = false where id = ?', [fileId]);
    for (const batch of batches(pages)) {
      await tx.execute(
        'insert into file_pages (file_id, page, text) select ?, p.page, p.text from jsonb_to_recordset(?::jsonb) as p(page int, text text)',
        [fileId, JSON.stringify(batch)],
      );
    }
    for (const batch of batches(chunks)) {
      await tx.execute(
        `insert into file_chunks (file_id, page, start_at, end_at, terms)
         select ?, c.page, c.start, c."end", array(select jsonb_array_elements_text(c.terms))
         from jsonb_to_recordset(?::jsonb) as c(page int, start int, "end" int, terms jsonb)`,
        [fileId, JSON.stringify(batch)],
      );
    }
  }
}

function batches<T>(rows: T[]): T[][] {
  return Array.from({ length: Math.ceil(rows.length / BATCH) }, (_, i) => rows.slice(i * BATCH, (i + 1) * BATCH));
}
