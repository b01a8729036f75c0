import type { Room } from '@atrium/contracts';
import { roomBeside } from './room-beside.ts';

const aRoom = (id: string, me: object = {}) => ({ id, me: { unread: 0, mentions: 0, threadUnread: 0, ...me } }) as Room;
const rooms = [aRoom('a'), aRoom('b', { unread: 3, notify: 'nothing' }), aRoom('c', { unread: 1 }), aRoom('d')];

describe('the room beside', () => {
  it('is the next or the one before, round the ends', () => {
    expect(roomBeside(rooms, { from: 'a', by: 1, unread: false })?.id).toBe('b');
    expect(roomBeside(rooms, { from: 'a', by: -1, unread: false })?.id).toBe('d');
    expect(roomBeside(rooms, { from: 'd', by: 1, unread: false })?.id).toBe('a');
  });

  it('is the first or last where one is in none', () => {
    expect(roomBeside(rooms, { from: undefined, by: 1, unread: false })?.id).toBe('a');
    expect(roomBeside(rooms, { from: undefined, by: -1, unread: false })?.id).toBe('d');
  });

  it('with something new passes over read and silenced rooms', () => {
    expect(roomBeside(rooms, { from: 'a', by: 1, unread: true })?.id).toBe('c');
    expect(roomBeside(rooms, { from: 'd', by: -1, unread: true })?.id).toBe('c');
    expect(roomBeside(rooms, { from: 'c', by: 1, unread: true })).toBeUndefined();
    expect(roomBeside([aRoom('x'), aRoom('y', { mentions: 1, notify: 'nothing' })], { from: 'x', by: 1, unread: true })?.id).toBe('y');
  });
});
