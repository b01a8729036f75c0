import type { Mentions, MessageVersion, RoomRole } from '@atrium/contracts';
import type { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { NO_MENTIONS, type MessageRow } from '../messages/message.row.ts';
import { callsEveryone, isGroup, mentionsOf } from '../sends/named.ts';

type VersionRow = { version: number; body: string; mentions: Mentions | null; at: string };

/** What a message says now, said before, and whom it calls. Whoever writes holds the room's row locked. */
@Injectable()
export class ChangesRepository {
  /** Whom a body calls, of those who are in the room now. */
  async resolveMentions(tx: EntityManager, roomId: string, named: readonly string[][], role: RoomRole): Promise<Mentions> {
    const names = named.flat().filter((name) => !isGroup(name));
    const rows =
      names.length === 0
        ? []
        : await tx.execute<{ username: string; user_id: string }[]>(
            `select a.username, a.user_id from jsonb_array_elements_text(?::jsonb) as w (username)
               join access a on a.room_id = ? and a.username = w.username and a.removed_at is null`,
            [JSON.stringify(names), roomId],
          );
    const idOf = new Map(rows.map((row) => [row.username, row.user_id]));
    const memberCount = callsEveryone(named) ? await this.countMembers(tx, roomId) : 0;
    return mentionsOf(named, (username) => idOf.get(username), { role, memberCount });
  }

  async keepVersion(tx: EntityManager, row: MessageRow): Promise<void> {
    await tx.execute('insert into message_versions (message_id, version, body, mentions, at) values (?, ?, ?, ?::jsonb, ?)', [
      row.id,
      row.version,
      row.body,
      row.mentions && JSON.stringify(row.mentions),
      row.edited_at ?? row.created_at,
    ]);
  }

  /** @param edit.here who is called by being online now, if that is new */
  async saveEdit(
    tx: EntityManager,
    row: MessageRow,
    edit: { body: string; mentions: Mentions; at: string; here: readonly string[] },
  ): Promise<void> {
    await tx.execute('update messages set body = ?, mentions = ?::jsonb, version = version + 1, edited_at = ? where id = ?', [
      edit.body,
      JSON.stringify(edit.mentions),
      edit.at,
      row.id,
    ]);
    // Who was called by being online stays so, as long as the message calls them.
    const kept = edit.mentions.here ? `and not (audience = 'here' and user_id is not null)` : '';
    await tx.execute(`delete from mentions where message_id = ? ${kept}`, [row.id]);
    await this.addMentions(tx, row, edit);
  }

  async findVersions(em: EntityManager, messageId: string): Promise<MessageVersion[]> {
    const rows = await em.execute<VersionRow[]>(
      'select version, body, mentions, at from message_versions where message_id = ? order by version',
      [messageId],
    );
    return rows.map((row) => ({ ...row, mentions: row.mentions ?? NO_MENTIONS, at: new Date(row.at).toISOString() }));
  }

  private async addMentions(tx: EntityManager, row: MessageRow, edit: { mentions: Mentions; here: readonly string[] }): Promise<void> {
    const { mentions, here } = edit;
    const rows = [
      ...mentions.userIds.map((userId) => ({ audience: 'user', userId })),
      ...here.map((userId) => ({ audience: 'here', userId })),
      ...(mentions.room ? [{ audience: 'room' }] : []),
      ...(mentions.moderators ? [{ audience: 'moderators' }] : []),
    ];
    await tx.execute(
      `insert into mentions (room_id, seq, audience, user_id, message_id)
       select ?, ?, t.audience, t."userId", ? from jsonb_to_recordset(?::jsonb) as t (audience text, "userId" uuid)`,
      [row.room_id, row.seq, row.id, JSON.stringify(rows)],
    );
    if (row.parent_id !== null) for (const userId of mentions.userIds) await this.follow(tx, row, userId);
  }

  /** Whoever is named in a thread follows it from there. */
  private async follow(tx: EntityManager, row: MessageRow, userId: string): Promise<void> {
    await tx.execute(
      `insert into thread_follows (root_id, user_id, room_id, following, read_seq) values (?, ?, ?, true, ?)
       on conflict (root_id, user_id) do update set following = true`,
      [row.parent_id, userId, row.room_id, row.seq - 1],
    );
  }

  private async countMembers(tx: EntityManager, roomId: string): Promise<number> {
    const [row] = await tx.execute<{ members: number }[]>(
      'select count(*)::int as members from access where room_id = ? and removed_at is null',
      [roomId],
    );
    return row!.members;
  }
}
