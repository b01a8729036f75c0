import { setTimeout as sleep } from 'node:timers/promises';
import { isIn, reachedWrongly, unreached } from './check-reach.ts';
import type { RacePerson } from './race-person.ts';
import type { RoomFacts } from './room-facts.ts';

const SETTLE_WITHIN_MS = 15_000;
type Room = { roomId: string; facts: RoomFacts; people: readonly RacePerson[] };

/**
 * What a room that has come to rest says at every gateway, and whom it reaches: one more message is sent, every page of
 * those who are in is shown everything up to it, and nobody else more than that they went.
 * @param readAgain the facts as they are then
 */
export async function checkLive(room: Room, readAgain: () => Promise<RoomFacts>): Promise<string[]> {
  const { roomId, facts, people } = room;
  const host = people.find(({ id }) => id === facts.hostId);
  if (facts.isArchived || !host) return [];
  await host.must('POST', `/api/rooms/${roomId}/messages`, { body: 'Who is here?' });
  const late = await settled(async () => {
    const now = { ...room, facts: await readAgain() };
    return [...unreached(now), ...(await wrongViews(now, host))];
  });
  await Promise.all(people.flatMap(({ pages }) => pages.map((page) => page.caughtUp())));
  const now = { ...room, facts: await readAgain() };
  return [...late, ...reachedWrongly(now), ...(await readWrongly(now))];
}

async function readWrongly({ roomId, facts, people }: Room): Promise<string[]> {
  const outside = people.filter((person) => !isIn(facts, person));
  const answers = await Promise.all(outside.map((person) => person.callAll('GET', `/api/rooms/${roomId}/messages`)));
  return outside.filter((_, index) => answers[index]!.some(({ status }) => status < 300)).map(({ id }) => `${id} is not in and reads it`);
}

async function wrongViews({ roomId, facts, people }: Room, host: RacePerson): Promise<string[]> {
  const [rooms, lists] = await Promise.all([
    host.callAll('GET', `/api/rooms/${roomId}`),
    host.callAll('GET', `/api/rooms/${roomId}/members`),
  ]);
  const online = people.filter((person) => isIn(facts, person) && person.pages.some(({ isOpen }) => isOpen)).length;
  const counts = JSON.stringify([facts.members.length, online, facts.hostId]);
  const members = rolesOf(facts.members.map(({ userId, role }) => ({ id: userId, role })));
  const wrongCounts = rooms
    .map(({ body }) => JSON.stringify([body['memberCount'], body['onlineCount'], body['hostId']]))
    .filter((told) => told !== counts);
  const wrongLists = lists
    .map(({ body }) => rolesOf((body['items'] as { id: string; role: string }[] | undefined) ?? []))
    .filter((told) => told !== members);
  return [
    ...wrongCounts.map((told) => `a gateway tells counts and host ${told} instead of ${counts}`),
    ...wrongLists.map((told) => `a gateway lists ${told} instead of ${members}`),
  ];
}

const rolesOf = (members: readonly { id: string; role: string }[]): string =>
  members
    .map(({ id, role }) => `${id} ${role}`)
    .sort()
    .join(', ');

async function settled(find: () => Promise<string[]>): Promise<string[]> {
  for (const giveUpAt = Date.now() + SETTLE_WITHIN_MS; ; await sleep(50)) {
    const found = await find();
    if (found.length === 0 || Date.now() > giveUpAt) return found;
  }
}
