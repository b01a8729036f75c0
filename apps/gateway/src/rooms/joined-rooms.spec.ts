import type { Room } from '@atrium/contracts';
import { AppError } from '@atrium/contracts';
import { resume } from './welcome.socket.ts';
import { pageAfter } from './joined-rooms.ts';

const aRoom = (change: Partial<Room>) =>
  ({ id: `00000000-0000-7000-8000-00000000000${change.name}`, epoch: 'e1', lastSeq: 0, ...change }) as Room;

describe('a page of the caller’s rooms', () => {
  const sorted = [5, 4, 3, 2, 1].map((name) => ({ room: aRoom({ name: String(name) }), lastActivityAt: `2026-01-0${name}T00:00:00.000Z` }));

  it('continues where the one before ended, though rooms moved meanwhile', () => {
    const first = pageAfter(sorted, undefined, 2);
    expect(first.items.map(({ name }) => name)).toEqual(['5', '4']);
    const [, , third, ...rest] = sorted;
    const moved = [{ ...third!, lastActivityAt: '2026-01-09T00:00:00.000Z' }, ...sorted.slice(0, 2), ...rest];
    expect(pageAfter(moved, first.nextCursor!, 2)).toMatchObject({ items: [{ name: '2' }, { name: '1' }], nextCursor: null });
  });

  it('is empty past the end and refuses what is no cursor', () => {
    expect(
      pageAfter(sorted, Buffer.from('2020-01-01T00:00:00.000Z|00000000-0000-7000-8000-000000000000').toString('base64url'), 2),
    ).toEqual({ items: [], nextCursor: null });
    expect(() => pageAfter(sorted, 'nonsense', 2)).toThrow(AppError);
  });
});

describe('a client that comes back', () => {
  const room = aRoom({ name: '1', lastSeq: 1500 });
  const named = (seq: number, epoch?: string) =>
    resume(room, { rooms: { [room.id]: seq }, epochs: epoch ? { [room.id]: epoch } : undefined });

  it('is brought from where it stands, if that is near enough and the same room', () => {
    expect(named(1400, 'e1')).toMatchObject({ after: 1400, reset: false });
    expect(named(500)).toMatchObject({ after: 500, reset: false });
    expect(resume(room, {})).toMatchObject({ after: 1500, reset: false });
  });

  it('loads anew otherwise', () => {
    expect(named(499)).toMatchObject({ after: 1500, reset: true });
    expect(named(1400, 'e0')).toMatchObject({ after: 1500, reset: true });
    expect(named(1501)).toMatchObject({ after: 1500, reset: true });
  });
});
