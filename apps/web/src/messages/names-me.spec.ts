import type { Message, Room } from '@atrium/contracts';
import { namesMe } from './names-me.ts';

const member = { role: 'member' } as Room['me'];
const host = { role: 'host' } as Room['me'];
const aMessage = (mentions: object, authorId = 'ben') =>
  ({ authorId, mentions: { userIds: [], room: false, here: false, moderators: false, ...mentions } }) as unknown as Message;

describe('a message calls me', () => {
  it('by my name, and by the groups I am in', () => {
    expect(namesMe(aMessage({ userIds: ['ann'] }), 'ann', member)).toBe(true);
    expect(namesMe(aMessage({ here: true }), 'ann', member)).toBe(true);
    expect(namesMe(aMessage({ room: true }), 'ann', member)).toBe(true);
    expect(namesMe(aMessage({ moderators: true }), 'ann', host)).toBe(true);
  });

  it('not when it names others, a group I am not in, or is my own', () => {
    expect(namesMe(aMessage({ userIds: ['cy'] }), 'ann', member)).toBe(false);
    expect(namesMe(aMessage({ moderators: true }), 'ann', member)).toBe(false);
    expect(namesMe(aMessage({ room: true }, 'ann'), 'ann', member)).toBe(false);
  });
});
