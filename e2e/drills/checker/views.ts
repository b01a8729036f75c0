import type { History, Stored, View } from '../history.ts';
import type { Violation } from './violation.ts';

type Entry = Stored['entries'][number];
const REMOVALS = ['member.left', 'member.kicked', 'member.banned'];

/** What each person was shown is the log, from where they came to where they went. */
export function checkViews(history: History, stored: Stored): Violation[] {
  const logs = new Map<string, Entry[]>();
  for (const entry of stored.entries) logs.set(entry.roomId, [...(logs.get(entry.roomId) ?? []), entry]);
  return [...history.views.flatMap((view) => checkView(view, logs.get(view.roomId) ?? [])), ...checkPresence(history, stored)];
}

function checkPresence(history: History, stored: Stored): Violation[] {
  const people = new Set(history.people);
  const shown = new Set(history.views.map(({ roomId, userId }) => `${roomId}/${userId}`));
  const blind = stored.members.filter(({ roomId, userId }) => people.has(userId) && !shown.has(`${roomId}/${userId}`));
  return blind.map(({ roomId, userId }) => ({ check: 'lists-equal', says: `${userId} is in room ${roomId} and was shown nothing of it` }));
}

function checkView(view: View, log: readonly Entry[]): Violation[] {
  const who = `${view.userId} in room ${view.roomId}`;
  const violations: Violation[] = [];
  const removedAt = log.findLast((entry) => REMOVALS.includes(entry.type) && entry.userId === view.userId)?.seq;
  const broken = view.entries.find((entry, index) => entry.seq !== view.from + index);
  if (broken) violations.push({ check: 'lists-unbroken', says: `${who} was shown ${broken.seq} out of its turn` });
  for (const { seq, type, messageId } of view.entries) {
    const truth = log[seq - 1];
    if (!truth || truth.type !== type || (messageId !== undefined && truth.messageId !== messageId))
      violations.push({ check: 'lists-true', says: `${who} was shown ${type} at ${seq}, where the log has ${truth?.type ?? 'nothing'}` });
    if (removedAt !== undefined && seq > removedAt)
      violations.push({ check: 'removed-see-nothing', says: `${who} went at ${removedAt} and was shown ${seq}` });
  }
  const end = view.from + view.entries.length - 1;
  if (removedAt === undefined && end !== log.length)
    violations.push({ check: 'lists-equal', says: `${who} was shown entries up to ${end}, and the log ends at ${log.length}` });
  return violations;
}
