import { reachedWrongly, unreached, type Watcher } from './check-reach.ts';
import type { RoomFacts } from './room-facts.ts';

/** Ann made the room, Eve came, was kicked at 3, and Ann wrote 4. */
const facts: RoomFacts = {
  hostId: 'ann',
  isArchived: false,
  memberCount: 1,
  members: [{ userId: 'ann', role: 'host' }],
  audit: [],
  log: [
    { seq: 1, type: 'member.joined', userId: 'ann', authorId: null },
    { seq: 2, type: 'member.joined', userId: 'eve', authorId: null },
    { seq: 3, type: 'member.kicked', userId: 'eve', authorId: null },
    { seq: 4, type: 'message.created', userId: null, authorId: 'ann' },
  ],
};
const watcher = (id: string, ...pages: number[][]): Watcher => ({
  id,
  pages: pages.map((shown) => ({ isOpen: true, shown: () => shown })),
});
const reached = (...people: Watcher[]) => ({ roomId: 'room', facts, people });

describe('the checker of who is reached', () => {
  it('finds nothing where members are shown everything and others no more than that they went', () => {
    const all = reached(watcher('ann', [1, 2, 3, 4], [3, 4]), watcher('eve', [2, 3], [3]), watcher('pat', [], []));
    expect([...unreached(all), ...reachedWrongly(all)]).toEqual([]);
  });

  it.each([
    ['less than there is', [1, 2, 3], 'ann is in and was shown 3 instead of 4'],
    ['nothing', [], 'ann is in and was shown nothing instead of 4'],
    ['an entry twice', [1, 2, 2, 3, 4], 'ann was shown 1, 2, 2, 3, 4'],
    ['a hole', [1, 2, 4], 'ann was shown 1, 2, 4'],
  ])('sees a member who was shown %s', (_what, shown, says) => {
    expect(unreached(reached(watcher('ann', [1, 2, 3, 4], shown)))).toEqual([says]);
  });

  it('sees whoever is not in and was shown what came after they went, or came to a room that they never were in', () => {
    expect(reachedWrongly(reached(watcher('eve', [2, 3], [2, 3, 4]), watcher('pat', [], [4])))).toEqual([
      'eve is not in and was shown 4',
      'pat is not in and was shown 4',
    ]);
  });
});
