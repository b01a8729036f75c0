import type pg from 'pg';
import type { RacePerson } from './race-person.ts';

/** How often each act that concerns somebody must be written down. */
export type Acts = Record<string, number>;
/** What must be so of one person, going by what each act was answered. */
export type Expected = { person: RacePerson; isIn?: boolean; isHost?: boolean; acts: Acts; isCutOff?: boolean };

type Entry = { seq: number; type: string; userId: string | null; authorId: string | null };
export type RoomFacts = {
  hostId: string | null;
  isArchived: boolean;
  memberCount: number;
  members: { userId: string; role: string }[];
  audit: { action: string; targetId: string | null; actorId: string | null }[];
  log: Entry[];
};

/** What is stored of a room, and of its log. */
export async function readFacts(database: pg.Pool, roomId: string): Promise<RoomFacts> {
  const read = async <T extends pg.QueryResultRow>(sql: string) => (await database.query<T>(sql, [roomId])).rows;
  const [room] = await read<Pick<RoomFacts, 'hostId' | 'isArchived' | 'memberCount'>>(
    'select host_id "hostId", archived_at is not null "isArchived", member_count "memberCount" from rooms.rooms where id = $1',
  );
  return {
    ...room!,
    members: await read('select user_id "userId", role from rooms.members where room_id = $1'),
    audit: await read('select action, target_id "targetId", actor_id "actorId" from rooms.audit where room_id = $1'),
    log: await read(
      `select seq::int, 'message.created' as type, null as "userId", author_id as "authorId" from messages.messages where room_id = $1
       union all select seq::int, type, data ->> 'userId', null from messages.entries where room_id = $1 order by 1`,
    ),
  };
}

const COMES = new Set(['member.joined']);
const GOES = new Set(['member.left', 'member.kicked', 'member.banned']);

/** Who is in, going by what the log told in its order. */
export function foldedMembers(log: readonly Entry[]): Set<string> {
  const inside = new Set<string>();
  for (const { type, userId } of log) {
    if (userId !== null && COMES.has(type)) inside.add(userId);
    if (userId !== null && GOES.has(type)) inside.delete(userId);
  }
  return inside;
}

/** The last entry that somebody may see who is not in any more: the one that told that they went. */
export const lastSeenOf = (log: readonly Entry[], userId: string): number =>
  log.findLast((entry) => entry.userId === userId && GOES.has(entry.type))?.seq ?? 0;
