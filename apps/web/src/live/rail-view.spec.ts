import type { Room } from '@atrium/contracts';
import { AS_IT_COMES, sectionsOf, shownRooms } from './rail-view.ts';

const aRoom = (name: string, me: object = {}, kind = 'room') =>
  ({ id: name, name, kind, me: { unread: 0, mentions: 0, threadUnread: 0, ...me } }) as Room;
const rooms = [
  aRoom('zoo', { unread: 2 }),
  aRoom('room 10'),
  aRoom('ann', { unread: 1 }, 'direct'),
  aRoom('room 9', { unread: 5, notify: 'nothing' }),
  aRoom('best', { favourite: true }),
];
const named = (wish: object, hereId?: string): Record<string, string[]> =>
  Object.fromEntries(
    sectionsOf(rooms, { ...AS_IT_COMES, ...wish }, hereId).map(({ name, rooms: all }) => [name, all.map((room) => room.name)]),
  );

describe('the rail', () => {
  it('has favourites first, then rooms and conversations, by activity', () => {
    expect(named({})).toEqual({ favourites: ['best'], rooms: ['zoo', 'room 10', 'room 9'], direct: ['ann'] });
    expect(shownRooms(rooms, AS_IT_COMES).map(({ name }) => name)).toEqual(['best', 'zoo', 'room 10', 'room 9', 'ann']);
  });

  it('has the sections one made after the favourites, in their order, empty ones too while everything is shown', () => {
    const own = [
      { id: 'work', name: 'Work', roomIds: ['room 10', 'ann', 'best'] },
      { id: 'idle', name: 'Idle', roomIds: ['room 10', 'gone'] },
    ];
    expect(named({ own })).toEqual({ favourites: ['best'], work: ['room 10', 'ann'], idle: [], rooms: ['zoo', 'room 9'] });
    expect(Object.keys(named({ own }))).toEqual(['favourites', 'work', 'idle', 'rooms']);
    expect(named({ own, unreadOnly: true })).toEqual({ work: ['ann'], rooms: ['zoo'] });
    expect(shownRooms(rooms, { ...AS_IT_COMES, own, folded: ['work'] }).map(({ name }) => name)).toEqual(['best', 'ann', 'zoo', 'room 9']);
  });

  it('is ordered by name when one likes, numbers by their size', () => {
    expect(named({ order: 'name' })).toEqual({ favourites: ['best'], rooms: ['room 9', 'room 10', 'zoo'], direct: ['ann'] });
  });

  it('shows what is unread alone when one likes, and the room one is in', () => {
    expect(named({ unreadOnly: true }, 'room 10')).toEqual({ rooms: ['zoo', 'room 10'], direct: ['ann'] });
  });

  it('shows of a folded section what is unread', () => {
    const names = (hereId?: string) =>
      shownRooms(rooms, { ...AS_IT_COMES, folded: ['rooms', 'favourites'] }, hereId).map(({ name }) => name);
    expect(names()).toEqual(['zoo', 'ann']);
    expect(names('best')).toEqual(['best', 'zoo', 'ann']);
  });
});
