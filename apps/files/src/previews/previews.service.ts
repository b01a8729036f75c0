import type { Call, OutputOf, ParsedInputOf, files } from '@atrium/contracts';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { FilesService } from '../files/files.service.ts';

/** What files look like, for whoever may see the files. */
@Injectable()
export class PreviewsService {
  constructor(
    private readonly em: EntityManager,
    private readonly files: FilesService,
  ) {}

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
