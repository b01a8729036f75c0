import type { Poll } from '@atrium/contracts';
import { uuidArray } from '@atrium/database';
import type { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';

export type NewPoll = Pick<Poll, 'id' | 'roomId' | 'authorId' | 'question' | 'multiple' | 'anonymous'> & { options: string[] };
type PollRow = NewPoll & { messageId: string | null; createdAt: string; closedAt: string | null };
type VoteRow = { pollId: string; userId: string; option: number };

/** How many of those who chose an option are named. */
const NAMED = 20;
const ISO = `'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'`;

@Injectable()
export class PollsRepository {
  /** Makes a poll, unless it was made before. */
  async add(em: EntityManager, { id, roomId, authorId, question, options, multiple, anonymous }: NewPoll): Promise<void> {
    await em.execute(
      `insert into polls (id, room_id, author_id, question, options, multiple, anonymous)
       values (?, ?, ?, ?, array(select jsonb_array_elements_text(?::jsonb)), ?, ?) on conflict do nothing`,
      [id, roomId, authorId, question, JSON.stringify(options), multiple, anonymous],
    );
  }

  async place(em: EntityManager, pollId: string, messageId: string): Promise<void> {
    await em.execute('update polls set message_id = ? where id = ?', [messageId, pollId]);
  }

  /** Polls of the room with their votes, for `viewerId`: what they chose themselves is marked. */
  async find(
    em: EntityManager,
    { roomId, pollIds, viewerId }: { roomId: string; pollIds: readonly string[]; viewerId?: string },
  ): Promise<Poll[]> {
    const polls = await em.execute<PollRow[]>(
      `select id, room_id "roomId", message_id "messageId", author_id "authorId", question, options, multiple, anonymous,
              to_char(created_at at time zone 'UTC', ${ISO}) "createdAt", to_char(closed_at at time zone 'UTC', ${ISO}) "closedAt"
         from polls where room_id = ? and id = any(?::uuid[])`,
      [roomId, uuidArray([...pollIds])],
    );
    if (polls.length === 0) return [];
    const votes = await em.execute<VoteRow[]>(
      `select poll_id "pollId", user_id "userId", option from poll_votes where poll_id = any(?::uuid[]) order by voted_at, user_id`,
      [uuidArray(polls.map((poll) => poll.id))],
    );
    return polls.map((poll) =>
      toPoll(
        poll,
        votes.filter((vote) => vote.pollId === poll.id),
        viewerId,
      ),
    );
  }

  /** Holds a poll still until the transaction ends. */
  async lock(tx: EntityManager, roomId: string, pollId: string): Promise<PollRow | null> {
    const [row] = await tx.execute<PollRow[]>(
      `select id, author_id "authorId", options, multiple, closed_at "closedAt" from polls where room_id = ? and id = ? for update`,
      [roomId, pollId],
    );
    return row ?? null;
  }

  async setVotes(
    tx: EntityManager,
    { pollId, userId, options }: { pollId: string; userId: string; options: readonly number[] },
  ): Promise<void> {
    await tx.execute('delete from poll_votes where poll_id = ? and user_id = ?', [pollId, userId]);
    for (const option of options) {
      await tx.execute('insert into poll_votes (poll_id, user_id, option) values (?, ?, ?)', [pollId, userId, option]);
    }
  }

  async close(tx: EntityManager, pollId: string): Promise<void> {
    await tx.execute('update polls set closed_at = coalesce(closed_at, now()) where id = ?', [pollId]);
  }

  /** Forgets the poll of a message that was deleted; its id, or null where there was none. */
  async removeOfMessage(em: EntityManager, messageId: string): Promise<string | null> {
    const [row] = await em.execute<{ id: string }[]>('delete from polls where message_id = ? or id = ? returning id', [
      messageId,
      messageId,
    ]);
    return row?.id ?? null;
  }
}

function toPoll({ options, ...poll }: PollRow, votes: readonly VoteRow[], viewerId: string | undefined): Poll {
  return {
    ...poll,
    options: options.map((text, option) => {
      const voters = votes.filter((vote) => vote.option === option).map((vote) => vote.userId);
      return { text, votes: voters.length, userIds: poll.anonymous ? [] : voters.slice(0, NAMED) };
    }),
    voters: new Set(votes.map((vote) => vote.userId)).size,
    ...(viewerId !== undefined && { mine: votes.filter((vote) => vote.userId === viewerId).map((vote) => vote.option) }),
  };
}
