import type { Message } from '@atrium/contracts';
import { prepared, uuidArray } from '@atrium/database';
import type { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';

const reactionsOf = prepared<{ message_id: string; emoji: string }>(
  'own reactions to messages',
  `select r.message_id, r.emoji from unnest(?::uuid[]) as w (id)
     cross join lateral (select * from reactions where message_id = w.id and user_id = ? limit 50) r`,
);

/** Which of the reactions that messages show are the reader's own: looked up for those messages alone that have any. */
@Injectable()
export class OwnReactions {
  async mark(em: EntityManager, messages: Message[], readerId: string): Promise<Message[]> {
    const reacted = messages.filter(({ reactions }) => reactions.length > 0).map(({ id }) => id);
    if (reacted.length === 0) return messages;
    const rows = await reactionsOf(em, [uuidArray(reacted), readerId]);
    const own = new Set(rows.map((row) => `${row.message_id} ${row.emoji}`));
    return messages.map((message) => ({
      ...message,
      reactions: message.reactions.map((reaction) => ({ ...reaction, mine: own.has(`${message.id} ${reaction.emoji}`) })),
    }));
  }
}
