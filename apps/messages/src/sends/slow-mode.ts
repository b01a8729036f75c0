import { AppError, type RoomRole } from '@atrium/contracts';

type Author = { role: RoomRole; lastSentAt: Date | null; slowModeSeconds: number };

/** Why a member may not write yet; moderators never wait. */
export function slowModeRefusal({ role, lastSentAt, slowModeSeconds }: Author, now: Date): AppError | undefined {
  if (slowModeSeconds === 0 || role !== 'member' || !lastSentAt) return undefined;
  const waitSeconds = Math.ceil(slowModeSeconds - (now.getTime() - lastSentAt.getTime()) / 1000);
  if (waitSeconds <= 0) return undefined;
  return new AppError('slow_mode', `Slow mode: you can post again in ${waitSeconds} s.`, { retryAfterSeconds: waitSeconds });
}

/**
 * When each of `w (room_id, author_id)` last wrote, or had a bot write: `s.last_sent_at`. The newest message and the
 * newest reply are asked for by order, so that only the index of authors will do.
 */
export const LAST_SENT = `cross join lateral (
  select max(sent_at) as last_sent_at from (${newestOf('is null')} union all ${newestOf('is not null')}
         union all select user_id, taken_at from turns where room_id = w.room_id and user_id = w.author_id) n
   where n.author_id = w.author_id) s`;

function newestOf(parent: 'is null' | 'is not null'): string {
  return `(select author_id, created_at as sent_at from messages
            where room_id = w.room_id and parent_id ${parent} and (author_id, seq) <= (w.author_id, 2147483647)
            order by author_id desc, seq desc limit 1)`;
}
