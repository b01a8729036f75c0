/** Rooms as teams have them: `rooms` lists who is in each, `roomsOf` the rooms of each person, all by number. */
export type Team = { rooms: number[][]; roomsOf: number[][] };

/** Rooms that somebody is in on average, that of everybody left out. */
const DIRECT_EACH = 5;
const GROUPS_EACH = 7;
const SMALLEST_GROUP = 3;
const LARGEST_GROUP = 200;

/**
 * So many people, in rooms of two, in groups, and in one room of all, which is the last.
 *
 * Groups of a size are as frequent as the size squared is small, from 3 people to 200 or half of all: as many
 * memberships are in groups of 3 to 10 as in those of 10 to 33 and of 33 to 100. Half of all rooms have two people.
 *
 * @param random numbers from 0 to 1
 */
export function teamOf(people: number, random: () => number): Team {
  const direct = Array.from({ length: (people * DIRECT_EACH) / 2 }, () => someOf(people, 2, random));
  const groups: number[][] = [];
  for (let memberships = 0; memberships < people * GROUPS_EACH; memberships += groups.at(-1)!.length) {
    groups.push(someOf(people, groupSize(Math.min(LARGEST_GROUP, people / 2), random), random));
  }
  const rooms = [...new Map(direct.map((pair) => [[...pair].sort().join(), pair])).values(), ...groups];
  rooms.push(Array.from({ length: people }, (_, person) => person));
  const roomsOf = Array.from({ length: people }, (): number[] => []);
  rooms.forEach((members, room) => members.forEach((person) => roomsOf[person]!.push(room)));
  return { rooms, roomsOf };
}

/** A size whose frequency falls with its square. */
function groupSize(largest: number, random: () => number): number {
  const share = 1 - SMALLEST_GROUP / (largest + 1);
  return Math.floor(SMALLEST_GROUP / (1 - random() * share));
}

function someOf(people: number, count: number, random: () => number): number[] {
  const chosen = new Set<number>();
  while (chosen.size < count) chosen.add(Math.floor(random() * people));
  return [...chosen];
}
