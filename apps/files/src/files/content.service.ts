import { AppError, type Call, type OutputOf, type files } from '@atrium/contracts';
import { Injectable } from '@nestjs/common';
import { ObjectStore, storageAway } from '../storage/object-store.ts';
import { objectKey, type FileEntity } from './file.entity.ts';
import { toFileRecord } from './file.mapper.ts';
import { FilesService } from './files.service.ts';
import { inlineType } from './inline-type.ts';
import { BYTES_GONE, LostObjects } from './lost-objects.service.ts';

/** Hands out the bytes of files. */
@Injectable()
export class ContentService {
  constructor(
    private readonly files: FilesService,
    private readonly store: ObjectStore,
    private readonly lostObjects: LostObjects,
  ) {}

  async open(userId: string, wanted: { roomId: string; fileId: string }, call: Call): Promise<OutputOf<typeof files.openContent>> {
    const file = await this.files.getVisible(userId, wanted, call);
    requireScanned(file);
    const key = objectKey(file);
    if ((await this.store.findSize(key).catch(storageAway)) === null) {
      await this.lostObjects.report(file.id);
      throw new AppError('file_not_found', BYTES_GONE);
    }
    const getUrl = await this.store.getUrl(key);
    return { file: toFileRecord(file), getUrl, inlineType: inlineType(file.contentType) };
  }
}

/** Bytes in which a virus was found, or in which one was not looked for yet, are handed to nobody. */
function requireScanned({ scan, threat }: Pick<FileEntity, 'scan' | 'threat'>): void {
  if (scan === 'infected') throw new AppError('file_infected', `A virus was found in this file: ${threat}. It is not handed out.`);
  if (scan === 'waiting') throw new AppError('file_not_ready', 'This file has not been checked for viruses yet. Try again in a moment.');
}
