import type { Message, Room } from '@atrium/contracts';

/** Whether a message calls this person, by name or as one of those it calls. */
export function namesMe({ mentions, authorId }: Message, myId: string, me: Room['me']): boolean {
  if (authorId === myId) return false;
  return (
    mentions.userIds.includes(myId) || mentions.room || mentions.here || (mentions.moderators && me !== undefined && me.role !== 'member')
  );
}
