import type { Call, OutputOf, ParsedInputOf, files } from '@atrium/contracts';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { FilesService } from '../files/files.service.ts';

/** As much as a few lines hold. */
const EXCERPT_CHARS = 400;

/** What files look like, for whoever may see the files. */
@Injectable()
export class PreviewsService {
  constructor(
    private readonly em: EntityManager,
    private readonly files: FilesService,
  ) {}

  async excerpt(userId: string, wanted: ParsedInputOf<typeof files.excerpt>, call: Call): Promise<OutputOf<typeof files.excerpt>> {
    const file = await this.files.getVisible(userId, wanted, call);
    const [row] = await this.em.fork().execute<{ text: string }[]>(
      `select substr(p.text, 1, ${EXCERPT_CHARS}) as text from file_pages p join files f on f.id = p.file_id
          where f.id = ? and f.room_id = ? and f.deleted_at is null and btrim(p.text) <> '' order by p.page limit 1`,
      [file.id, file.roomId],
    );
    return { text: row?.text ?? null };
  }

  async find(userId: string, wanted: ParsedInputOf<typeof files.preview>, call: Call): Promise<OutputOf<typeof files.preview>> {
    const file = await this.files.getVisible(userId, wanted, call);
    const [row] = await this.em.fork().execute<{ webp: string }[]>(
      `select replace(encode(p.webp, 'base64'), E'\\n', '') as webp from file_previews p join files f on f.id = p.file_id
          where f.id = ? and f.room_id = ? and f.deleted_at is null`,
      [file.id, file.roomId],
    );
    return { webp: row?.webp ?? null };
  }
}
