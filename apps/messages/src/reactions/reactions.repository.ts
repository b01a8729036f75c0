import type { Reaction } from '@atrium/contracts';
import { prepared } from '@atrium/database';
import type { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { NAMED } from './reaction-summary.ts';

export type StoredReaction = { messageId: string; userId: string; emoji: string };
export type ReactionRow = { emoji: string; user_id: string; seq: number; at: string };

const addReaction = prepared<unknown>(
  'add a reaction',
  'insert into reactions (message_id, user_id, emoji, seq, at) values (?, ?, ?, ?, now()) on conflict do nothing returning 1',
);
const saveSummary = prepared<never>('save the reactions of a message', 'update messages set reactions = ?::jsonb where id = ?');

/** Who reacted to what, and the summary that each message shows. Whoever writes holds the room's row locked. */
@Injectable()
export class ReactionsRepository {
  /** @returns whether it is new */
  async add(tx: EntityManager, { messageId, userId, emoji }: StoredReaction, seq: number): Promise<boolean> {
    const rows = await addReaction(tx, [messageId, userId, emoji, seq]);
    return rows.length > 0;
  }

  /** @returns whether it was there */
  async remove(tx: EntityManager, { messageId, userId, emoji }: StoredReaction): Promise<boolean> {
    const rows = await tx.execute<unknown[]>('delete from reactions where message_id = ? and user_id = ? and emoji = ? returning 1', [
      messageId,
      userId,
      emoji,
    ]);
    return rows.length > 0;
  }

  async findFirst(tx: EntityManager, messageId: string, emoji: string): Promise<string[]> {
    const rows = await tx.execute<{ user_id: string }[]>(
      `select user_id from reactions where message_id = ? and emoji = ? order by seq limit ${NAMED}`,
      [messageId, emoji],
    );
    return rows.map((row) => row.user_id);
  }

  async saveSummary(tx: EntityManager, messageId: string, summary: readonly Reaction[]): Promise<void> {
    const stored = summary.length === 0 ? null : JSON.stringify(summary);
    await saveSummary(tx, [stored, messageId]);
  }

  /** By emoji, and of each the first first. The message was checked to be one the reader sees. */
  findPage(
    em: EntityManager,
    messageId: string,
    part: { emoji: string | undefined; after: { emoji: string; seq: number }; limit: number },
  ): Promise<ReactionRow[]> {
    const { emoji, after, limit } = part;
    return em.execute<ReactionRow[]>(
      `select emoji, user_id, seq, at from reactions
        where message_id = ? and (emoji, seq) > (?::text, ?::int) ${emoji === undefined ? '' : 'and emoji = ?'}
        order by emoji, seq limit ?`,
      [messageId, after.emoji, after.seq, ...(emoji === undefined ? [] : [emoji]), limit],
    );
  }
}
