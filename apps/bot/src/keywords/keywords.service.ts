import { Signals } from '@atrium/bus';
import { botSignals } from '@atrium/contracts';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { KeywordAnswerEntity } from './keyword-answer.entity.ts';
import { asKeyword, findKeyword, holdingAny, matchKeyword, type Keyword } from './match-keyword.ts';

/** Every message is held against the keywords, so they are read once for many messages. */
const FRESH_FOR_MS = 5_000;

export type RoomKeyword = Keyword & Pick<KeywordAnswerEntity, 'uid' | 'everySeconds' | 'place'>;
type Loaded = { all: RoomKeyword[]; mayAnswer: (text: string) => boolean };
/** A keyword that was asked about. */
export type Firing = { keyword: RoomKeyword; answer: string; place: 'room' | 'thread' };

/** The words the bot answers to. */
@Injectable()
export class KeywordsService {
  private loaded: { at: number; keywords: Promise<Loaded> } | undefined;

  constructor(
    private readonly em: EntityManager,
    private readonly signals: Signals,
  ) {}

  async firingFor(roomId: string, text: string): Promise<Firing | null> {
    const { all, mayAnswer } = await this.load();
    const keyword = mayAnswer(text) ? matchKeyword(text, ofRoom(all, roomId)) : null;
    return keyword && { keyword, answer: keyword.answer, place: keyword.place };
  }

  /** The keyword that stands in a text, asked about or not. */
  async findIn(roomId: string, text: string): Promise<RoomKeyword | null> {
    return findKeyword(text, ofRoom((await this.load()).all, roomId));
  }

  /** Whether a keyword is silent no longer in a room, and that it is again from now on. */
  async mayFire(roomId: string, { uid, everySeconds }: RoomKeyword): Promise<boolean> {
    if (everySeconds === 0) return true;
    const rows = await this.em.fork().execute<unknown[]>(
      `insert into keyword_firings as f (room_id, keyword_uid, fired_at) values (?, ?, now())
       on conflict (room_id, keyword_uid) do update set fired_at = now() where f.fired_at <= now() - make_interval(secs => ?)
       returning 1`,
      [roomId, uid, everySeconds],
    );
    return rows.length > 0;
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

  /** After a change: what is said from now on is held against it, by every instance. */
  changed(): void {
    this.forget();
    this.signals.send(botSignals.rulesChanged, { rules: 'keywords' });
  }

  forget(): void {
    this.loaded = undefined;
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
    const all = rows.map(({ uid, roomId, keyword, answer, everySeconds, place }) =>
      asKeyword({ uid, roomId: roomId ?? null, keyword, answer, everySeconds, place }),
    );
    return { all, mayAnswer: holdingAny(all) };
  }
}

/** A room's own, and what every room has, unless the room says otherwise of the same words. */
export function ofRoom<K extends Keyword>(keywords: readonly K[], roomId: string): K[] {
  const own = keywords.filter((keyword) => keyword.roomId === roomId);
  const told = new Set(own.map((keyword) => keyword.words));
  const shared = keywords.filter((keyword) => !keyword.roomId && !told.has(keyword.words));
  return [...own, ...shared].filter((keyword) => keyword.answer !== '');
}
