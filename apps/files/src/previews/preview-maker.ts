import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable, Logger } from '@nestjs/common';
import type { FileEntity } from '../files/file.entity.ts';
import { isDrawn } from './draw-preview.ts';
import { runPreviewer } from './run-previewer.ts';

/** Draws what a file looks like, and keeps that. What cannot be drawn is shown by its name, as before. */
@Injectable()
export class PreviewMaker {
  private readonly logger = new Logger('previews');

  constructor(private readonly em: EntityManager) {}

  async make(file: FileEntity, path: string, signal: AbortSignal): Promise<void> {
    if (!isDrawn(file.contentType)) return;
    const webp = await runPreviewer({ path, contentType: file.contentType, signal });
    if (!webp) return this.logger.log(`no preview of file ${file.id} could be drawn`);
    await this.em.fork().execute(
      `insert into file_previews (file_id, webp) select id, ? from files where id = ? and deleted_at is null
         on conflict (file_id) do update set webp = excluded.webp`,
      [webp, file.id],
    );
  }
}
