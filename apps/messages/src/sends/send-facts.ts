import type { PoolClient } from 'pg';
import type { Message, RoomRole } from '@atrium/contracts';
import { messageColumns, toMessage, type MessageRow } from '../messages/message.row.ts';
import { toAttachment } from '../attachments/attachments.repository.ts';
import { callsEveryone, isGroup } from './named.ts';
import { plainArray } from './plain-array.ts';
import { LAST_SENT } from './slow-mode.ts';
import {
  attachmentOf,
  clientKey,
  pairKey,
  type AuthorFacts,
  type BatchFacts,
  type FileFacts,
  type RoomFacts,
  type Send,
} from './send-decisions.ts';

/**
 * Locks the rooms of a batch, in the order of their ids so that two writers cannot deadlock, and reads under that
 * lock what deciding needs. Whoever removes a member holds the same lock, so nobody posts after their removal. The
 * statements travel together and run one after another, so each sees what was committed before the lock was had.
 *
 * What is wanted is looked up row by row, which `lateral` with a limit makes PostgreSQL do: as long as it knows nothing
 * of a table, it would read all of it and compare with each of the wanted.
 */
export async function readFacts(client: PoolClient, sends: readonly Send[]): Promise<Omit<BatchFacts, 'earlier'>> {
  const [rooms, members] = await Promise.all([lockRooms(client, sends), readMembers(client, sends)]);
  const authors = new Map(
    [...members].map(([key, { joinedSeq, roomId, ...member }]) => [
      key,
      { ...member, visibleFrom: rooms.get(roomId)?.hidesPast ? joinedSeq : 0 },
    ]),
  );
  await addSlowMode(client, sends, { rooms, authors });
  return {
    rooms,
    authors,
    parents: await readParents(client, sends),
    files: await readFiles(client, sends),
    usernames: await readUsernames(client, sends, rooms),
  };
}

async function lockRooms(client: PoolClient, sends: readonly Send[]): Promise<Map<string, RoomFacts & { hidesPast: boolean }>> {
  const { rows } = await client.query<{
    id: string;
    last_seq: number;
    who_can_post: string;
    slow_mode_seconds: number;
    archived: boolean;
    bot_enabled: boolean;
    is_direct: boolean;
    hides_past: boolean;
  }>({
    name: 'lock-rooms',
    text: `select id, last_seq, who_can_post, slow_mode_seconds, archived_at is not null as archived, bot_enabled, kind = 'direct' as is_direct, history_visibility <> 'all' as hides_past
             from rooms where id = any($1::uuid[]) order by id for no key update`,
    values: [plainArray(unique(sends.map((send) => send.roomId)))],
  });
  return new Map(
    rows.map((row) => [
      row.id,
      {
        lastSeq: row.last_seq,
        whoCanPost: row.who_can_post,
        slowModeSeconds: row.slow_mode_seconds,
        archived: row.archived,
        botEnabled: row.bot_enabled,
        isDirect: row.is_direct,
        hidesPast: row.hides_past,
        memberCount: 0,
      },
    ]),
  );
}

type Member = Omit<AuthorFacts, 'visibleFrom'> & { roomId: string; joinedSeq: number };

async function readMembers(client: PoolClient, sends: readonly Send[]): Promise<Map<string, Member>> {
  const wanted = [...new Map(sends.map((send) => [pairKey(send.roomId, send.authorId), send])).values()];
  const { rows } = await client.query<{ room_id: string; user_id: string; role: RoomRole; muted_until: Date | null; joined_seq: number }>({
    name: 'read-members',
    text: `select a.room_id, a.user_id, a.role, a.muted_until, a.joined_seq
             from unnest($1::uuid[], $2::uuid[]) as w (room_id, user_id)
             cross join lateral (
               select * from access where room_id = w.room_id and user_id = w.user_id and removed_at is null limit 1) a`,
    values: [plainArray(wanted.map((send) => send.roomId)), plainArray(wanted.map((send) => send.authorId))],
  });
  return new Map(
    rows.map((row) => [
      pairKey(row.room_id, row.user_id),
      { roomId: row.room_id, role: row.role, mutedUntil: row.muted_until, lastSentAt: null, joinedSeq: row.joined_seq },
    ]),
  );
}

/** What is stored already under the ids that clients gave their sends, by `clientKey`; asked under the same lock. */
export async function readEarlier(client: PoolClient, sends: readonly Send[]): Promise<Map<string, Message>> {
  const keyed = sends.filter((send) => send.clientId !== undefined);
  if (keyed.length === 0) return new Map();
  const { rows } = await client.query<MessageRow>({
    name: 'read-earlier',
    // Asked for by order, not by equality, so that only the index of client ids will do. The one of authors looks as good
    // to PostgreSQL before it knows the table, and leads through everything they ever said in the room.
    text: `select ${messageColumns('m')} from unnest($1::uuid[], $2::uuid[], $3::text[]) as w (room_id, author_id, client_id)
             cross join lateral (
               select * from messages where room_id = w.room_id and author_id = w.author_id and client_id >= w.client_id
                order by client_id limit 1) m
            where m.client_id = w.client_id`,
    values: [
      plainArray(keyed.map((send) => send.roomId)),
      plainArray(keyed.map((send) => send.authorId)),
      keyed.map((send) => send.clientId),
    ],
  });
  // A repeat is rare; its attachments are worth a query of their own only then.
  const known = await readFilesById(
    client,
    rows.flatMap((row) => row.file_ids ?? []),
  );
  const files = new Map([...known].map(([id, file]) => [id, attachmentOf(file)]));
  return new Map(
    rows.map((row) => [
      clientKey({ roomId: row.room_id, authorId: row.author_id, clientId: row.client_id ?? undefined })!,
      toMessage(row, files),
    ]),
  );
}

async function addSlowMode(
  client: PoolClient,
  sends: readonly Send[],
  facts: Pick<BatchFacts, 'rooms'> & { authors: Map<string, AuthorFacts> },
): Promise<void> {
  const slowed = sends.filter((send) => (facts.rooms.get(send.roomId)?.slowModeSeconds ?? 0) > 0);
  if (slowed.length === 0) return;
  const { rows } = await client.query<{ room_id: string; author_id: string; created_at: Date }>({
    name: 'read-last-sent',
    text: `select w.room_id, w.author_id, s.last_sent_at as created_at
       from (select distinct * from unnest($1::uuid[], $2::uuid[]) as u (room_id, author_id)) w ${LAST_SENT}
      where s.last_sent_at is not null`,
    values: [slowed.map((send) => send.roomId), slowed.map((send) => send.authorId)],
  });
  for (const row of rows) {
    const author = facts.authors.get(pairKey(row.room_id, row.author_id));
    if (author) author.lastSentAt = row.created_at;
  }
}

async function readParents(client: PoolClient, sends: readonly Send[]) {
  const ids = unique(sends.flatMap((send) => send.parentId ?? []));
  if (ids.length === 0) return new Map();
  const { rows } = await client.query<{
    id: string;
    root_id: string;
    room_id: string;
    root_seq: number;
    root_author_id: string;
    deleted: boolean;
  }>({
    name: 'read-parents',
    text: `select p.id, r.id as root_id, r.room_id, r.seq as root_seq, r.author_id as root_author_id, r.deleted_at is not null as deleted
       from messages p join messages r on r.id = coalesce(p.parent_id, p.id) where p.id = any($1::uuid[])`,
    values: [ids],
  });
  return new Map(
    rows.map((row) => [
      row.id,
      { rootId: row.root_id, roomId: row.room_id, rootSeq: row.root_seq, rootAuthorId: row.root_author_id, deleted: row.deleted },
    ]),
  );
}

async function readFiles(client: PoolClient, sends: readonly Send[]) {
  return readFilesById(client, unique(sends.flatMap((send) => send.fileIds)));
}

async function readFilesById(client: PoolClient, ids: string[]): Promise<Map<string, FileFacts>> {
  if (ids.length === 0) return new Map();
  const { rows } = await client.query<{
    id: string;
    room_id: string;
    name: string;
    content_type: string;
    size: string;
    status: string;
    threat: string | null;
    added_seq: number;
    draft_of: string | null;
  }>({
    name: 'read-files',
    text: `select id, room_id, name, content_type, size, status, threat, added_seq, draft_of from files where id = any($1::uuid[]) and deleted_at is null`,
    values: [ids],
  });
  return new Map(
    rows.map((row) => [row.id, { ...toAttachment(row), roomId: row.room_id, addedSeq: row.added_seq, draftOf: row.draft_of }]),
  );
}

/** Members by the names in the bodies; also counts the rooms in which someone calls everyone. */
async function readUsernames(client: PoolClient, sends: readonly Send[], rooms: Map<string, RoomFacts>): Promise<Map<string, string>> {
  const naming = sends.filter((send) => send.named.length > 0);
  const namesIn = (send: Send) => send.named.flat().filter((name) => !isGroup(name));
  const wanted = naming.flatMap((send) => namesIn(send).map((username) => ({ roomId: send.roomId, username })));
  const calling = unique(naming.filter((send) => callsEveryone(send.named)).map((send) => send.roomId));
  if (calling.length > 0) await countMembers(client, calling, rooms);
  if (wanted.length === 0) return new Map();
  const { rows } = await client.query<{ room_id: string; username: string; user_id: string }>({
    name: 'read-usernames',
    text: `select a.room_id, a.username, a.user_id from unnest($1::uuid[], $2::text[]) as w (room_id, username)
       join access a on a.room_id = w.room_id and a.username = w.username and a.removed_at is null`,
    values: [wanted.map((want) => want.roomId), wanted.map((want) => want.username)],
  });
  return new Map(rows.map((row) => [pairKey(row.room_id, row.username), row.user_id]));
}

async function countMembers(client: PoolClient, roomIds: string[], rooms: Map<string, RoomFacts>): Promise<void> {
  const { rows } = await client.query<{ room_id: string; members: number }>({
    name: 'count-members',
    text: 'select room_id, count(*)::int as members from access where room_id = any($1::uuid[]) and removed_at is null group by room_id',
    values: [roomIds],
  });
  for (const row of rows) {
    const room = rooms.get(row.room_id);
    if (room) room.memberCount = row.members;
  }
}

function unique<T>(values: readonly T[]): T[] {
  return [...new Set(values)];
}
