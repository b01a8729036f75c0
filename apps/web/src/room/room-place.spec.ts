import { matchRank } from '../kit/match-rank.ts';
import { nextPlace } from '../session/next-place.ts';
import { type JoinedRoom, whyCannotPost } from './joined-room.ts';
import { readRoomPlace } from './room-place.ts';
import { slowModeText } from './slow-mode.ts';

describe('the address of a place in a room', () => {
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
  ])('%j leads where it says, or to nothing that is known', (rest, place) => expect(readRoomPlace(rest)).toEqual(place));
});

describe('somebody who may not write in a room', () => {
  const aRoom = (parts: object, me: object = {}) => ({ whoCanPost: 'everyone', me: { role: 'member', ...me }, ...parts }) as JoinedRoom;
  it('is told that it is archived, for moderators alone or muted, until that is over', () => {
    expect(whyCannotPost(aRoom({}), 0)).toBeUndefined();
    expect(whyCannotPost(aRoom({ archivedAt: 'x' }), 0)).toMatch('archived');
    expect(whyCannotPost(aRoom({ whoCanPost: 'moderators' }), 0)).toMatch('Only the host');
    expect(whyCannotPost(aRoom({ whoCanPost: 'moderators' }, { role: 'moderator' }), 0)).toBeUndefined();
    expect(whyCannotPost(aRoom({}, { mutedUntil: '2026-01-01T00:00:00.000Z' }), 0)).toMatch('muted until');
    expect(whyCannotPost(aRoom({}, { mutedUntil: '2026-01-01T00:00:00.000Z' }), Date.UTC(2027, 0))).toBeUndefined();
  });
});

describe('what is looked for by a part of its name', () => {
  it('comes first where the name starts with it, then where a word does, then where it stands inside', () => {
    expect([
      matchRank('Engine Room', 'eng'),
      matchRank('Engine Room', 'roo'),
      matchRank('Engine Room', 'gin'),
      matchRank('Engine Room', 'x'),
    ]).toEqual([4, 3, 2, 0]);
  });
});

describe('slow mode', () => {
  it('is told in seconds, minutes or hours, or as off', () => {
    expect([0, 30, 60, 900, 3600].map(slowModeText)).toEqual([
      'Off',
      'One message in 30 seconds',
      'One message in 1 minute',
      'One message in 15 minutes',
      'One message in 1 hour',
    ]);
  });
});

describe('the page that opens after signing in', () => {
  it('is the one that was asked for, if it is a page of ours', () => {
    expect(nextPlace(new URLSearchParams('next=/rooms/1'))).toBe('/rooms/1');
    for (const next of ['https://evil.example', '//evil.example', '/\\evil.example', '']) {
      expect(nextPlace(new URLSearchParams({ next }))).toBe('/');
    }
  });
});
