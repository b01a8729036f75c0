import type { Room } from '@atrium/contracts';
import { titleOf } from './title-of.ts';

const aRoom = (id: string, name: string, mentions: number) => ({ id, name, me: { mentions } }) as Room;

describe('the title of the browser’s tab', () => {
  it('names the room one is in', () => {
    expect(titleOf([aRoom('r1', 'Engine Room', 0)], 'r1')).toBe('Engine Room · Atrium');
  });

  it('is the name of the product alone where there is no room', () => {
    expect(titleOf([aRoom('r1', 'Engine Room', 0)], undefined)).toBe('Atrium');
    expect(titleOf([], 'create')).toBe('Atrium');
  });

  it('counts the unread mentions of all rooms', () => {
    const rooms = [aRoom('r1', 'Engine Room', 0), aRoom('r2', 'Garden', 2), aRoom('r3', 'Roof', 1)];
    expect(titleOf(rooms, 'r1')).toBe('(3) Engine Room · Atrium');
    expect(titleOf(rooms, undefined)).toBe('(3) Atrium');
    expect(titleOf([aRoom('r1', 'Engine Room', 120)], 'r1')).toBe('(99+) Engine Room · Atrium');
  });

  it('shows by a dot that something is new which names nobody, except in silenced rooms', () => {
    const withNews = (me: object) => ({ id: 'r1', name: 'Engine Room', me: { mentions: 0, unread: 0, threadUnread: 0, ...me } }) as Room;
    expect(titleOf([withNews({ unread: 4 })], 'r1')).toBe('• Engine Room · Atrium');
    expect(titleOf([withNews({ threadUnread: 1 })], undefined)).toBe('• Atrium');
    expect(titleOf([withNews({ unread: 4, mentions: 1 })], undefined)).toBe('(1) Atrium');
    expect(titleOf([withNews({ unread: 4, notify: 'nothing' })], undefined)).toBe('Atrium');
    expect(titleOf([withNews({})], undefined)).toBe('Atrium');
  });
});
