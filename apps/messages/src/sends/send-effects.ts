import type { PoolClient } from 'pg';
import type { Decision } from './send-decisions.ts';

type Stored = Extract<Decision, { kind: 'store' }>;

/** What replies and mentions change beside the message itself; nothing for most batches. All of it is sent at once. */
export async function storeThreadsAndMentions(client: PoolClient, stored: readonly Stored[]): Promise<void> {
  const replies = stored.filter((decision) => decision.parent !== undefined);
  const mentions = stored.flatMap(mentionRows);
  await Promise.all([
    ...(replies.length > 0
      ? [countReplies(client, replies), ...replies.flatMap(followsOf).map((follow) => storeFollow(client, follow))]
      : []),
    ...(mentions.length > 0 ? [storeMentions(client, mentions)] : []),
  ]);
}

function countReplies(client: PoolClient, replies: readonly Stored[]): Promise<unknown> {
  return client.query({
    name: 'count-replies',
    text: `update messages m set reply_count = m.reply_count + n.replies, last_reply_at = n.last_at
       from (select root_id, count(*)::int as replies, max(at) as last_at from unnest($1::uuid[], $2::timestamptz[]) as u (root_id, at) group by root_id) n
      where m.id = n.root_id`,
    values: [replies.map((reply) => reply.parent!.rootId), replies.map((reply) => reply.message.createdAt)],
  });
}

function storeFollow(client: PoolClient, follow: Follow): Promise<unknown> {
  return client.query({
    name: 'follow-thread',
    text: `insert into thread_follows (root_id, user_id, room_id, following, read_seq) values ($1, $2, $3, true, $4)
     on conflict (root_id, user_id) do update set
       following = thread_follows.following or $5,
       read_seq = case when $6 then greatest(thread_follows.read_seq, excluded.read_seq) else thread_follows.read_seq end`,
    values: [follow.rootId, follow.userId, follow.roomId, follow.readSeq, follow.again, follow.reads],
  });
}

/** `again`: follows even after unfollowing. `reads`: the marker moves, because the person was there. */
type Follow = { rootId: string; roomId: string; userId: string; readSeq: number; again: boolean; reads: boolean };

/** Root author, replier and whoever is named follow the thread. */
function followsOf({ message, parent }: Stored): Follow[] {
  const follow = { rootId: parent!.rootId, roomId: message.roomId };
  const before = message.seq - 1;
  return [
    { ...follow, userId: parent!.rootAuthorId, readSeq: before, again: false, reads: false },
    { ...follow, userId: message.authorId, readSeq: message.seq, again: true, reads: true },
    ...message.mentions.userIds.map((userId) => ({ ...follow, userId, readSeq: before, again: true, reads: false })),
  ];
}

type MentionRow = { roomId: string; seq: number; audience: string; userId: string | null; messageId: string };

function mentionRows({ message, here = [] }: Stored): MentionRow[] {
  const { id: messageId, roomId, seq, mentions } = message;
  const row = (audience: string, userId: string | null) => ({ roomId, seq, audience, userId, messageId });
  return [
    ...mentions.userIds.map((userId) => row('user', userId)),
    // Who is called by being online is so for good, whoever comes online later.
    ...here.map((userId) => row('here', userId)),
    ...(mentions.room ? [row('room', null)] : []),
    ...(mentions.moderators ? [row('moderators', null)] : []),
  ];
}

function storeMentions(client: PoolClient, rows: readonly MentionRow[]): Promise<unknown> {
  return client.query({
    name: 'store-mentions',
    text: `insert into mentions (room_id, seq, audience, user_id, message_id)
     select * from unnest($1::uuid[], $2::int[], $3::text[], $4::uuid[], $5::uuid[])`,
    values: [
      rows.map((r) => r.roomId),
      rows.map((r) => r.seq),
      rows.map((r) => r.audience),
      rows.map((r) => r.userId),
      rows.map((r) => r.messageId),
    ],
  });
}
