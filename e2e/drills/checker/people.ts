import type { History, Stored } from '../history.ts';
import type { Violation } from './violation.ts';

/** Who was confirmed to be in is in, who was confirmed to be out is out and says nothing more. */
export function checkPeople(history: History, stored: Stored): Violation[] {
  const violations: Violation[] = [];
  const inside = new Set(stored.members.map(({ roomId, userId }) => `${roomId}/${userId}`));
  for (const { kind, roomId, userId } of history.changes) {
    const goes = kind !== 'joined';
    if (!goes && history.changes.some((later) => later.kind !== 'joined' && later.roomId === roomId && later.userId === userId)) continue;
    if (inside.has(`${roomId}/${userId}`) === goes)
      violations.push({ check: 'members-as-confirmed', says: `${userId} ${kind} room ${roomId}, and the rooms say otherwise` });
    if (goes) violations.push(...checkSilence(stored, roomId, userId));
  }
  return violations;
}

function checkSilence(stored: Stored, roomId: string, userId: string): Violation[] {
  const log = stored.entries.filter((entry) => entry.roomId === roomId);
  const removal = log.findLast((entry) => ['member.left', 'member.kicked'].includes(entry.type) && entry.userId === userId);
  if (!removal) return [{ check: 'removals-told', says: `the log of room ${roomId} does not tell that ${userId} went` }];
  const late = log.filter((entry) => entry.authorId === userId && entry.seq > removal.seq);
  return late.map(({ seq }) => ({
    check: 'removed-say-nothing',
    says: `${userId} went at ${removal.seq} and wrote ${seq} in room ${roomId}`,
  }));
}
