import type { Room } from '@atrium/contracts';
import { writeCursor } from '@atrium/service-kit';
import { pageAfter } from './joined-rooms.ts';

const aRoom = (change: Partial<Room>) =>
  ({ id: `00000000-0000-7000-8000-00000000000${change.name}`, epoch: 'e1', lastSeq: 0, ...change }) as Room;

describe('a page of the caller’s rooms', () => {
  const sorted = [5, 4, 3, 2, 1].map((name) => ({
    room: aRoom({ name: String(name) }),
    lastActivityAt: `2026-01-0${name}T00:00:00.000Z`,
    hidden: false,
  }));

  it('continues where the one before ended, though rooms moved meanwhile', () => {
    const first = pageAfter(sorted, undefined, 2);
    expect(first.items.map(({ name }) => name)).toEqual(['5', '4']);
    const [, , third, ...rest] = sorted;
    const moved = [{ ...third!, lastActivityAt: '2026-01-09T00:00:00.000Z' }, ...sorted.slice(0, 2), ...rest];
    expect(pageAfter(moved, first.nextCursor!, 2)).toMatchObject({ items: [{ name: '2' }, { name: '1' }], nextCursor: null });
  });

  it('is empty past the end and refuses what is no cursor', () => {
    const pastTheEnd = writeCursor(['0|2020-01-01T00:00:00.000Z|00000000-0000-7000-8000-000000000000']);
    expect(pageAfter(sorted, pastTheEnd, 2)).toEqual({ items: [], nextCursor: null });
    expect(() => pageAfter(sorted, 'nonsense', 2)).toThrow(expect.objectContaining({ code: 'validation_failed' }));
  });
});
