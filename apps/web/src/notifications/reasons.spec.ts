import { sayWhy } from './reasons.ts';

describe('the words for why somebody is told', () => {
  it('name the strongest of several reasons', () => {
    expect(sayWhy('Ann', ['thread', 'mention', 'room'])).toBe('Ann mentioned you');
    expect(sayWhy('Ann', ['reaction'])).toBe('Ann reacted to your message');
  });
});
