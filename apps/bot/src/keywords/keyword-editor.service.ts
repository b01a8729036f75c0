import { AppError, type Call, type KeywordAnswer, type ParsedInputOf, type bot } from '@atrium/contracts';
import { AuditLog, oneAtATime, transact } from '@atrium/database';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { CommandsAccess } from '../commands/commands.access.ts';
import { KeywordAnswerEntity } from './keyword-answer.entity.ts';
import { KeywordsService, ofRoom } from './keywords.service.ts';
import { asKeyword } from './match-keyword.ts';

const MOST = 100;

/** What moderators change about the words the bot answers to. */
@Injectable()
export class KeywordEditor {
  constructor(
    private readonly em: EntityManager,
    private readonly access: CommandsAccess,
    private readonly keywords: KeywordsService,
    private readonly audit: AuditLog,
  ) {}

  async list(userId: string, roomId: string, call: Call): Promise<KeywordAnswer[]> {
    await this.access.requireModerator(userId, roomId, call);
    const rows = await this.em.find(KeywordAnswerEntity, { $or: [{ roomId }, { roomId: null }] }, { orderBy: { keyword: 'asc' } });
    return ofRoom(
      rows.map((row) => asKeyword({ ...plain(row) })),
      roomId,
    ).map(toKeyword);
  }

  async put(userId: string, { roomId, ...input }: ParsedInputOf<typeof bot.putKeyword>, call: Call): Promise<KeywordAnswer> {
    await this.access.requireModerator(userId, roomId, call);
    const saved = await transact(this.em, async (tx) => {
      await oneAtATime(tx, `keywords ${roomId}`);
      const id = await this.save(tx, { roomId, ...input });
      if ((await tx.count(KeywordAnswerEntity, { roomId })) > MOST)
        throw new AppError('too_many_keywords', `A room has at most ${MOST} keywords.`);
      await this.audit.record(tx, {
        roomId,
        actorId: userId,
        action: 'keyword.put',
        details: { keyword: input.keyword, answer: input.answer },
      });
      return tx.findOneOrFail(KeywordAnswerEntity, { id }, { refresh: true });
    });
    this.keywords.changed();
    return toKeyword(plain(saved));
  }

  /** Takes an answer out of the room. One that every room has is silenced here. */
  async remove(userId: string, { roomId, keywordId }: { roomId: string; keywordId: string }, call: Call): Promise<void> {
    await this.access.requireModerator(userId, roomId, call);
    await transact(this.em, async (tx) => {
      const row = await tx.findOne(KeywordAnswerEntity, { uid: keywordId, $or: [{ roomId }, { roomId: null }] });
      if (!row) throw new AppError('keyword_not_found');
      if (row.roomId) tx.remove(row);
      else await this.save(tx, { roomId, keyword: row.keyword, answer: '', everySeconds: 0, place: 'room' });
      await this.audit.record(tx, { roomId, actorId: userId, action: 'keyword.removed', details: { keyword: row.keyword } });
    });
    this.keywords.changed();
  }

  async test(userId: string, { roomId, text }: { roomId: string; text: string }, call: Call) {
    await this.access.requireModerator(userId, roomId, call);
    this.keywords.forget();
    const firing = await this.keywords.firingFor(roomId, text);
    if (firing) return { fires: toKeyword(firing.keyword), reason: `"${firing.keyword.keyword}" is asked about.` };
    const standing = await this.keywords.findIn(roomId, text);
    if (!standing) return { fires: null, reason: 'No keyword stands in it.' };
    return { fires: null, reason: `"${standing.keyword}" stands in it, but nothing is asked of the bot or the room.` };
  }

  private async save(
    tx: EntityManager,
    { roomId, keyword, answer, everySeconds, place }: ParsedInputOf<typeof bot.putKeyword>,
  ): Promise<number> {
    const [row] = await tx.execute<{ id: number }[]>(
      `insert into keyword_answers (room_id, keyword, answer, every_seconds, place) values (?, lower(trim(?)), ?, ?, ?)
       on conflict (room_id, keyword) do update
         set answer = excluded.answer, every_seconds = excluded.every_seconds, place = excluded.place returning id`,
      [roomId, keyword, answer, everySeconds, place],
    );
    return row!.id;
  }
}

const plain = ({ uid, roomId, keyword, answer, everySeconds, place }: KeywordAnswerEntity) => ({
  uid,
  roomId: roomId ?? null,
  keyword,
  answer,
  everySeconds,
  place,
});

const toKeyword = ({
  uid,
  roomId,
  keyword,
  answer,
  everySeconds,
  place,
}:
  | ReturnType<typeof plain>
  | (Pick<ReturnType<typeof plain>, 'uid' | 'keyword' | 'answer' | 'everySeconds' | 'place'> & {
      roomId?: string | null;
    })): KeywordAnswer => ({
  id: uid,
  keyword,
  answer,
  everySeconds,
  place,
  builtIn: !roomId,
});
