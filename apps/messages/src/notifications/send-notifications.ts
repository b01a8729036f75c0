import type { Message } from '@atrium/contracts';
import type { PoolClient } from 'pg';
import type { Decision } from '../sends/send-decisions.ts';
import { decideQuery, leftOutOf, type Occasion, type Told } from './decide-query.ts';

type Stored = Extract<Decision, { kind: 'store' }>;
const DECIDE = decideQuery('$1');

/** What concerns people in the messages of a batch. Nothing for most of them. */
export const occasionsOf = (stored: readonly Stored[]): Occasion[] => stored.flatMap(occasionsOfOne);

function occasionsOfOne({ message, parent, here = [], isDirect }: Stored): Occasion[] {
  const { mentions } = message;
  const base = {
    messageId: message.id,
    roomId: message.roomId,
    seq: message.seq,
    ...(parent && { threadId: parent.rootId, rootAuthorId: parent.rootAuthorId }),
    actorId: message.authorId,
    at: message.createdAt,
  };
  return [
    ...mentions.userIds.map((userId) => ({ ...base, reason: 'mention' as const, userId })),
    ...here.map((userId) => ({ ...base, reason: 'here' as const, userId })),
    ...(mentions.moderators ? [{ ...base, reason: 'moderators' as const }] : []),
    ...(parent ? [{ ...base, reason: 'thread' as const }] : []),
    ...(isDirect ? [{ ...base, reason: 'direct' as const }] : []),
  ];
}

/** In the transaction that stores the messages, before those named in a thread begin to follow it. */
export async function storeNotifications(client: PoolClient, occasions: readonly Occasion[]): Promise<Told[]> {
  if (occasions.length === 0) return [];
  return (await client.query<Told>({ name: 'decide', text: DECIDE, values: [JSON.stringify(occasions)] })).rows;
}

/** One row for all of a room, after what is told by other reasons: those know of it already. */
export async function storeRoomCalls(client: PoolClient, messages: readonly Message[]): Promise<void> {
  const calling = messages.filter(({ mentions }) => mentions.room);
  if (calling.length === 0) return;
  await client.query({
    name: 'store-room-calls',
    text: `insert into room_calls (message_id, room_id, seq, thread_id, author_id, at, left_out)
     select t.*, ${leftOutOf('t.room_id')}
       from unnest($1::uuid[], $2::uuid[], $3::int[], $4::uuid[], $5::uuid[], $6::timestamptz[])
         as t (message_id, room_id, seq, thread_id, author_id, at)`,
    values: [
      calling.map((m) => m.id),
      calling.map((m) => m.roomId),
      calling.map((m) => m.seq),
      calling.map((m) => m.parentId ?? null),
      calling.map((m) => m.authorId),
      calling.map((m) => m.createdAt),
    ],
  });
}
