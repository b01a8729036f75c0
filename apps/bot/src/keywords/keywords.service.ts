import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { KeywordAnswerEntity } from './keyword-answer.entity.ts';
import { asKeyword, holdingAny, matchKeyword, type Keyword } from './match-keyword.ts';

/** Every message is held against the keywords, so they are read once for many messages. */
const FRESH_FOR_MS = 5_000;

type Loaded = { all: Keyword[]; mayAnswer: (text: string) => boolean };

/** The words the bot answers to. */
@Injectable()
export class KeywordsService {
  private loaded: { at: number; keywords: Promise<Loaded> } | undefined;

  constructor(private readonly em: EntityManager) {}

  async answerTo(roomId: string, text: string): Promise<string | null> {
    const { all, mayAnswer } = await this.load();
    return mayAnswer(text) ? (matchKeyword(text, ofRoom(all, roomId))?.answer ?? null) : null;
  }

  /** Whether something may be answered of what a text says, whatever else it holds. */
  async mayAnswer(text: string): Promise<boolean> {
    return (await this.load()).mayAnswer(text);
  }

  /** What may be said in a room to get an answer. */
  async words(roomId: string): Promise<string[]> {
    const { all } = await this.load();
    return [...new Set(ofRoom(all, roomId).map(({ keyword }) => keyword))];
  }

  private load(): Promise<Loaded> {
    if (!this.loaded || Date.now() - this.loaded.at > FRESH_FOR_MS) {
      const keywords = this.read();
      this.loaded = { at: Date.now(), keywords };
      keywords.catch(() => (this.loaded = undefined));
    }
    return this.loaded.keywords;
  }

  private async read(): Promise<Loaded> {
    const rows = await this.em.fork().find(KeywordAnswerEntity, {}, { orderBy: { id: 'asc' } });
    const all = rows.map(({ roomId, keyword, answer }) => asKeyword({ roomId: roomId ?? null, keyword, answer }));
    return { all, mayAnswer: holdingAny(all) };
  }
}

const ofRoom = (keywords: readonly Keyword[], roomId: string): Keyword[] => keywords.filter((row) => !row.roomId || row.roomId === roomId);
