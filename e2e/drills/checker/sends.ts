import type { History, Send, Stored } from '../history.ts';
import type { Violation } from './violation.ts';

/** What was acknowledged stands there, once, where it was said to stand, in the order in which it was sent. */
export function checkSends(history: History, stored: Stored): Violation[] {
  const standing = new Map<string, Stored['entries']>();
  for (const entry of stored.entries) {
    if (entry.clientId === null) continue;
    standing.set(entry.clientId, [...(standing.get(entry.clientId) ?? []), entry]);
  }
  return [
    ...history.sends.flatMap((send) => checkSend(send, standing.get(send.clientId) ?? [], stored)),
    ...checkOrder(history.sends),
    ...checkNumbers(stored),
  ];
}

/**
 * Whoever went since is told nothing of the room, not even what became of a message of theirs whose receipt was lost: what
 * they sent again was refused as a stranger's.
 */
function wentSince({ refused, roomId, userId }: Send, found: Stored['entries'], { entries }: Stored): boolean {
  if (refused !== 'not_a_member' && refused !== 'room_not_found') return false;
  const isRemoval = (type: string) => type === 'member.left' || type === 'member.kicked';
  return found.every(({ seq }) =>
    entries.some((entry) => entry.roomId === roomId && entry.userId === userId && isRemoval(entry.type) && entry.seq > seq),
  );
}

function checkSend(send: Send, found: Stored['entries'], stored: Stored): Violation[] {
  const violations: Violation[] = [];
  const { acknowledged, clientId } = send;
  if (found.length > 1) violations.push({ check: 'stored-once', says: `${clientId} stands in its room ${found.length} times` });
  if (!acknowledged && !send.refused)
    violations.push({ check: 'every-send-ends', says: `${clientId} is neither acknowledged nor refused` });
  if (send.refused && found.length > 0 && !wentSince(send, found, stored))
    violations.push({ check: 'refused-not-stored', says: `${clientId} was refused (${send.refused}) and stands at ${found[0]?.seq}` });
  if (!acknowledged) return violations;
  if (found.length === 0)
    violations.push({ check: 'acknowledged-kept', says: `${clientId} was acknowledged as ${acknowledged.seq} and is gone` });
  else if (!found.some(({ seq, messageId }) => seq === acknowledged.seq && messageId === acknowledged.messageId))
    violations.push({
      check: 'acknowledged-truly',
      says: `${clientId} was acknowledged as ${acknowledged.seq} and stands at ${found[0]?.seq}`,
    });
  return violations;
}

function checkOrder(sends: readonly Send[]): Violation[] {
  const violations: Violation[] = [];
  const last = new Map<string, Send>();
  const inOrder = [...sends].sort((a, b) => a.place - b.place);
  for (const send of inOrder) {
    if (!send.acknowledged) continue;
    const lane = `${send.userId}/${send.roomId}`;
    const before = last.get(lane);
    if (before?.acknowledged && before.acknowledged.seq >= send.acknowledged.seq)
      violations.push({
        check: 'sent-order',
        says: `${send.clientId} was sent after ${before.clientId} and stands before it, at ${send.acknowledged.seq}`,
      });
    last.set(lane, send);
  }
  return violations;
}

function checkNumbers(stored: Stored): Violation[] {
  const violations: Violation[] = [];
  const last = new Map<string, number>();
  for (const { roomId, seq } of stored.entries) {
    const expected = (last.get(roomId) ?? 0) + 1;
    if (seq !== expected) violations.push({ check: 'log-unbroken', says: `room ${roomId} has ${seq} where ${expected} belongs` });
    last.set(roomId, seq);
  }
  return violations;
}
