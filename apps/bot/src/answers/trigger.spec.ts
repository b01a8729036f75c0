import { aBotMessage, aMessage, created } from '../../test/builders.ts';
import { STALE_AFTER_MS, messageToConsider } from './trigger.ts';

const now = Date.now();
const at = (ageMs: number) => new Date(now - ageMs).toISOString();

describe('what may be answered', () => {
  it('is what a person wrote lately', () => {
    const message = aMessage({ createdAt: at(STALE_AFTER_MS) });
    expect(messageToConsider(created(message), now)).toBe(message);
  });

  it.each([
    ['an old message', created(aMessage({ createdAt: at(STALE_AFTER_MS + 1) }))],
    ['a post of a bot', created(aBotMessage({ createdAt: at(0) }))],
    ['a post of the system', created(aMessage({ kind: 'system', createdAt: at(0) }))],
    ['another entry', { type: 'member.left', seq: 1, at: at(0), actorId: null, userId: aMessage().authorId } as const],
  ])('is not %s', (_what, entry) => {
    expect(messageToConsider(entry, now)).toBeNull();
  });
});
