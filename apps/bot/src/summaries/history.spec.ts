import { aBotMessage, aMessage } from '../../test/builders.ts';
import { isCountable } from './history.ts';

describe('a summary of a room', () => {
  it('takes what people said', () => {
    expect(isCountable(aMessage())).toBe(true);
    expect(isCountable(aMessage({ body: '//shrug' }))).toBe(true);
  });

  it('leaves out bots, the system, commands, what was deleted and what has no words', () => {
    expect(isCountable(aBotMessage())).toBe(false);
    expect(isCountable(aMessage({ kind: 'system' }))).toBe(false);
    expect(isCountable(aMessage({ body: '/summary' }))).toBe(false);
    expect(isCountable(aMessage({ deletedAt: new Date().toISOString() }))).toBe(false);
    expect(isCountable(aMessage({ body: '' }))).toBe(false);
  });
});
