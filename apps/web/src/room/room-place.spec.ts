import { matchRank } from '../kit/match-rank.ts';
import { nextPlace } from '../session/next-place.ts';
import { type JoinedRoom, whyCannotPost } from './joined-room.ts';
import { readRoomPlace } from './room-place.ts';
import { slowModeText } from './slow-mode.ts';

describe('readRoomPlace', () => {
  it.each([
    ['', { name: 'chat' }],
    ['thread/m1', { name: 'thread', messageId: 'm1' }],
    ['files', { name: 'files' }],
    ['files/f1', { name: 'file', fileId: 'f1' }],
    ['document/f1', { name: 'document', fileId: 'f1' }],
    ['document', { name: 'unknown' }],
    ['settings', { name: 'settings' }],
    ['search', { name: 'search' }],
    ['threads', { name: 'threads' }],
    ['audit', { name: 'audit' }],
    ['thread', { name: 'unknown' }],
    ['pins/1', { name: 'unknown' }],
    ['nonsense', { name: 'unknown' }],
  ])('reads %j', (rest, place) => expect(readRoomPlace(rest)).toEqual(place));
});

describe('whyCannotPost', () => {
  const aRoom = (parts: object, me: object = {}) => ({ whoCanPost: 'everyone', me: { role: 'member', ...me }, ...parts }) as JoinedRoom;
  it('says why, or nothing', () => {
    expect(whyCannotPost(aRoom({}), 0)).toBeUndefined();
    expect(whyCannotPost(aRoom({ archivedAt: 'x' }), 0)).toMatch('archived');
    expect(whyCannotPost(aRoom({ whoCanPost: 'moderators' }), 0)).toMatch('Only the host');
    expect(whyCannotPost(aRoom({ whoCanPost: 'moderators' }, { role: 'moderator' }), 0)).toBeUndefined();
    expect(whyCannotPost(aRoom({}, { mutedUntil: '2026-01-01T00:00:00.000Z' }), 0)).toMatch('muted until');
    expect(whyCannotPost(aRoom({}, { mutedUntil: '2026-01-01T00:00:00.000Z' }), Date.UTC(2027, 0))).toBeUndefined();
  });
});

describe('small words', () => {
  it('ranks a start above a word’s start above an inside', () => {
    expect([
      matchRank('Engine Room', 'eng'),
      matchRank('Engine Room', 'roo'),
      matchRank('Engine Room', 'gin'),
      matchRank('Engine Room', 'x'),
    ]).toEqual([4, 3, 2, 0]);
  });

  it('names slow mode', () => {
    expect([0, 30, 60, 900, 3600].map(slowModeText)).toEqual([
      'Off',
      'One message in 30 seconds',
      'One message in 1 minute',
      'One message in 15 minutes',
      'One message in 1 hour',
    ]);
  });

  it('follows only addresses of its own after signing in', () => {
    expect(nextPlace(new URLSearchParams('next=/rooms/1'))).toBe('/rooms/1');
    for (const next of ['https://evil.example', '//evil.example', '/\\evil.example', '']) {
      expect(nextPlace(new URLSearchParams({ next }))).toBe('/');
    }
  });
});
