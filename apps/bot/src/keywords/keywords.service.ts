import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { KeywordAnswerEntity } from './keyword-answer.entity.ts';
import { matchKeyword } from './match-keyword.ts';

/** Every message is held against the keywords, so they are read once for many messages. */
const FRESH_FOR_MS = 5_000;

/** The words the bot answers to. */
@Injectable()
export class KeywordsService {
  private loaded: { at: number; rows: Promise<KeywordAnswerEntity[]> } | undefined;

  constructor(private readonly em: EntityManager) {}

  async answerTo(roomId: string, text: string): Promise<string | null> {
    return matchKeyword(text, await this.list(roomId))?.answer ?? null;
  }

  /** What may be said in a room to get an answer. */
  async words(roomId: string): Promise<string[]> {
    return [...new Set((await this.list(roomId)).map((row) => row.keyword))];
  }

  private async list(roomId: string): Promise<KeywordAnswerEntity[]> {
    if (!this.loaded || Date.now() - this.loaded.at > FRESH_FOR_MS) {
      const rows = this.em.fork().find(KeywordAnswerEntity, {}, { orderBy: { id: 'asc' } });
      this.loaded = { at: Date.now(), rows };
      rows.catch(() => (this.loaded = undefined));
    }
    return (await this.loaded.rows).filter((row) => !row.roomId || row.roomId === roomId);
  }
}
