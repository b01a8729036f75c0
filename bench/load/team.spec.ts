import { teamOf } from './team.ts';

/** Even numbers from 0 to 1, the same every time. */
function numbers(): () => number {
  let state = 7;
  return () => (state = (state * 16_807) % 2_147_483_647) / 2_147_483_647;
}

describe('the rooms of a team', () => {
  const { rooms, roomsOf } = teamOf(400, numbers());

  it('are of two people for the most part, and of 200 at most but for that of all', () => {
    const sizes = rooms.map((members) => members.length);
    expect(sizes.at(-1)).toBe(400);
    expect(Math.max(...sizes.slice(0, -1))).toBeLessThanOrEqual(200);
    expect(Math.min(...sizes)).toBe(2);
    expect(sizes.filter((size) => size === 2).length / sizes.length).toBeGreaterThan(0.5);
  });

  it('have as many places in groups of 10 to 33 as in those of 33 to 100', () => {
    const places = (from: number, to: number) => rooms.reduce((sum, { length }) => (length >= from && length < to ? sum + length : sum), 0);
    expect(places(10, 33) / places(33, 100)).toBeGreaterThan(0.5);
    expect(places(10, 33) / places(33, 100)).toBeLessThan(2);
  });

  it('are thirteen for each person on average, and nobody is in one twice', () => {
    expect(roomsOf.reduce((sum, { length }) => sum + length, 0) / roomsOf.length).toBeCloseTo(13, -0.5);
    for (const members of rooms) expect(new Set(members).size).toBe(members.length);
  });

  it('have no two direct rooms of the same people, as the server has none', () => {
    const pairs = rooms.filter(({ length }) => length === 2).map((pair) => [...pair].sort().join());
    expect(new Set(pairs).size).toBe(pairs.length);
  });
});
