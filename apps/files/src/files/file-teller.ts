import type { FactMark, fileFacts } from '@atrium/contracts';
import { FactLog } from '@atrium/database';
import type { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import type { FileEntity } from './file.entity.ts';
import { toFileRecord } from './file.mapper.ts';

/** Tells others what became of a file, each fact under its next number, with the change itself. */
@Injectable()
export class FileTeller {
  constructor(private readonly facts: FactLog<typeof fileFacts>) {}

  /** @param file the row as the change leaves it, locked by this transaction @param actorId null for what the service did by itself */
  async tell(tx: EntityManager, name: keyof (typeof fileFacts)['events'], file: FileEntity, actorId: string | null): Promise<FactMark> {
    file.factsTold += 1;
    await tx.flush();
    const at = (file.deletedAt ?? file.touchedAt).toISOString();
    const fact = { fileId: file.id, version: file.factsTold, roomId: file.roomId, at, actorId };
    return this.facts.tell(tx, name, name === 'deleted' ? fact : { ...fact, file: toFileRecord(file) });
  }
}
