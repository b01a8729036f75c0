import type { RoomRole } from '@atrium/contracts';
import { chooseSuccessor, type Candidate } from './succession.ts';

const at = (day: number) => new Date(Date.UTC(2026, 0, day));
const someone = (userId: string, role: RoomRole, day: number): Candidate => ({ userId, role, joinedAt: at(day) });

const oldMember = someone('a', 'member', 1);
const oldModerator = someone('b', 'moderator', 2);
const newMember = someone('c', 'member', 3);
const newModerator = someone('d', 'moderator', 4);
const everyone = [newModerator, newMember, oldModerator, oldMember];

describe('the rule of who follows the host', () => {
  it.each([
    ['the longest-serving of the connected moderators', ['a', 'b', 'c', 'd'], 'b'],
    ['a connected moderator before a moderator who served longer but is away', ['a', 'c', 'd'], 'd'],
    ['the longest-serving connected member when no moderator is connected', ['a', 'c'], 'a'],
    ['a connected member before every moderator who is away', ['c'], 'c'],
    ['the longest-serving moderator when nobody is connected', [], 'b'],
  ])('takes %s', (_title, connected, successor) => {
    expect(chooseSuccessor(everyone, new Set(connected))?.userId).toBe(successor);
  });

  it('takes the longest-serving member when nobody is connected and nobody moderates', () => {
    expect(chooseSuccessor([newMember, oldMember], new Set())?.userId).toBe('a');
  });

  it('settles a tie by id, whatever the order of the rows', () => {
    const twins = [someone('z', 'member', 1), someone('y', 'member', 1)];
    expect(chooseSuccessor(twins, new Set())?.userId).toBe('y');
    expect(chooseSuccessor(twins.toReversed(), new Set())?.userId).toBe('y');
  });

  it('finds nobody in an empty room', () => {
    expect(chooseSuccessor([], new Set())).toBeNull();
  });
});
