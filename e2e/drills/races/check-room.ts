import { foldedMembers, type Acts, type Expected, type RoomFacts } from './room-facts.ts';

/** What is not as it must be in one room after a race: one host, nobody but who is in, the log like the members, every act written down once. */
export function checkRoom(facts: RoomFacts, expected: readonly Expected[]): string[] {
  return [...checkHost(facts), ...checkCount(facts), ...checkLog(facts), ...expected.flatMap((one) => checkPerson(facts, one))];
}

function checkHost({ hostId, isArchived, members }: RoomFacts): string[] {
  const hosts = members.filter(({ role }) => role === 'host').map(({ userId }) => userId);
  if (members.length === 0) return isArchived ? [] : ['it is open and nobody is in it'];
  if (hosts.length !== 1) return [`it has ${hosts.length} hosts`];
  return hosts[0] === hostId ? [] : [`its host is ${hostId}, and the member with that role ${hosts[0]}`];
}

const checkCount = ({ memberCount, members }: RoomFacts): string[] =>
  memberCount === members.length ? [] : [`it counts ${memberCount} members and has ${members.length}`];

function checkLog({ members, log }: RoomFacts): string[] {
  const told = foldedMembers(log);
  const inside = new Set(members.map(({ userId }) => userId));
  return [
    ...[...told].filter((userId) => !inside.has(userId)).map((userId) => `the log has ${userId} in it, who is not`),
    ...[...inside].filter((userId) => !told.has(userId)).map((userId) => `${userId} is in it, and the log does not tell`),
  ];
}

function checkPerson({ members, audit, hostId }: RoomFacts, { person, isIn, isHost, acts }: Expected): string[] {
  const isThere = members.some(({ userId }) => userId === person.id);
  const written = audit.filter((row) => (row.targetId ?? row.actorId) === person.id).map(({ action }) => action);
  return [
    ...(isIn !== undefined && isIn !== isThere ? [`${person.id} was told to be ${isIn ? 'in' : 'out'}, and is not`] : []),
    ...(isHost !== undefined && isHost !== (hostId === person.id) ? [`${person.id} ${isHost ? 'is not' : 'is'} its host`] : []),
    ...miscounted(written, acts).map((says) => `${says} of ${person.id}`),
  ];
}

const miscounted = (written: readonly string[], acts: Acts): string[] =>
  Object.entries(acts).flatMap(([action, count]) => {
    const found = written.filter((one) => one === action).length;
    return found === count ? [] : [`${found} and not ${count} × ${action} is written down`];
  });
