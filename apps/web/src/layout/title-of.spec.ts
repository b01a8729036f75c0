import type { Room } from '@atrium/contracts';
import { titleOf } from './title-of.ts';

const aRoom = (id: string, name: string, mentions: number) => ({ id, name, me: { mentions } }) as Room;

describe('titleOf', () => {
  it('names the room one is in', () => {
    expect(titleOf([aRoom('r1', 'Engine Room', 0)], 'r1')).toBe('Engine Room · Atrium');
  });

  it('is that of the house where there is no room', () => {
    expect(titleOf([aRoom('r1', 'Engine Room', 0)], undefined)).toBe('Atrium');
    expect(titleOf([], 'create')).toBe('Atrium');
  });

  it('counts the unread mentions of all rooms', () => {
    const rooms = [aRoom('r1', 'Engine Room', 0), aRoom('r2', 'Garden', 2), aRoom('r3', 'Roof', 1)];
    expect(titleOf(rooms, 'r1')).toBe('(3) Engine Room · Atrium');
    expect(titleOf(rooms, undefined)).toBe('(3) Atrium');
    expect(titleOf([aRoom('r1', 'Engine Room', 120)], 'r1')).toBe('(99+) Engine Room · Atrium');
  });
});
