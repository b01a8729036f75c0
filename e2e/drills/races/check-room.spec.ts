import { checkRoom } from './check-room.ts';
import { RacePerson } from './race-person.ts';
import type { Expected, RoomFacts } from './room-facts.ts';

const someone = (id: string): RacePerson => Object.assign(new RacePerson(['http://nowhere.invalid']), { id });
const [ann, ben, eve] = [someone('ann'), someone('ben'), someone('eve')];

/** Ann made the room, Ben came, Eve came and was kicked. */
const aSoundRoom = (changes: Partial<RoomFacts> = {}): RoomFacts => ({
  hostId: 'ann',
  isArchived: false,
  memberCount: 2,
  members: [
    { userId: 'ann', role: 'host' },
    { userId: 'ben', role: 'member' },
  ],
  audit: [
    { action: 'member.joined', actorId: 'ben', targetId: null },
    { action: 'member.kicked', actorId: 'ann', targetId: 'eve' },
  ],
  log: [
    { seq: 1, type: 'member.joined', userId: 'ann', authorId: null },
    { seq: 2, type: 'member.joined', userId: 'ben', authorId: null },
    { seq: 3, type: 'member.joined', userId: 'eve', authorId: null },
    { seq: 4, type: 'member.kicked', userId: 'eve', authorId: null },
  ],
  ...changes,
});
const expected: Expected[] = [
  { person: ann, isIn: true, isHost: true, acts: {} },
  { person: ben, isIn: true, isHost: false, acts: { 'member.joined': 1, 'member.kicked': 0 } },
  { person: eve, isIn: false, acts: { 'member.kicked': 1 } },
];
const found = (changes: Partial<RoomFacts>) => checkRoom(aSoundRoom(changes), expected).join('; ');

describe('the checker of races', () => {
  it('finds nothing in a room that is as it was told', () => {
    expect(checkRoom(aSoundRoom(), expected)).toEqual([]);
    const empty = { members: [], memberCount: 0, hostId: null, isArchived: true, log: [], acts: {} };
    expect(checkRoom(aSoundRoom(empty), [])).toEqual([]);
  });

  it.each([
    [
      'two hosts',
      {
        members: [
          { userId: 'ann', role: 'host' },
          { userId: 'ben', role: 'host' },
        ],
      },
      'it has 2 hosts',
    ],
    [
      'none',
      {
        members: [
          { userId: 'ann', role: 'member' },
          { userId: 'ben', role: 'member' },
        ],
      },
      'it has 0 hosts',
    ],
    ['a host who is another', { hostId: 'ben' }, 'its host is ben'],
    ['nobody, and is open', { members: [] }, 'nobody is in it'],
    ['a ghost in its log', { log: aSoundRoom().log.slice(0, 3) }, 'the log has eve in it'],
    ['a member whom its log does not tell', { log: aSoundRoom().log.toSpliced(1, 1) }, 'ben is in it, and the log does not tell'],
    ['somebody who was kicked', { members: [...aSoundRoom().members, { userId: 'eve', role: 'member' }] }, 'eve was told to be out'],
    ['an act that is not written down', { audit: aSoundRoom().audit.slice(0, 1) }, '0 and not 1 × member.kicked is written down of eve'],
    [
      'an act that is written down twice',
      { audit: [...aSoundRoom().audit, ...aSoundRoom().audit.slice(1)] },
      '2 and not 1 × member.kicked is written down of eve',
    ],
    ['a count that is wrong', { memberCount: 3 }, 'it counts 3 members and has 2'],
  ])('sees a room with %s', (_what, changes, says) => {
    expect(found(changes)).toContain(says);
  });
});
