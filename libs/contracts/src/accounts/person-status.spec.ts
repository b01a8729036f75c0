import { StatusEmoji } from './person-status.schema.ts';
import { statusAt } from './status-at.ts';

describe('a status', () => {
  const status = { statusText: 'Lunch', statusEmoji: '🍕', statusUntil: '2026-11-27T12:00:00.000Z', timeZone: 'Europe/Berlin' };
  it('stands until its end, and leaves the time zone when it goes', () => {
    const end = Date.parse(status.statusUntil);
    expect(statusAt(status, end - 1)).toEqual(status);
    expect(statusAt(status, end)).toEqual({ statusText: '', timeZone: 'Europe/Berlin' });
  });

  it('without an end stands for ever', () => {
    expect(statusAt({ statusText: 'On leave' }, Number.MAX_SAFE_INTEGER)).toEqual({ statusText: 'On leave' });
  });

  it.each(['lunch', '', '🍕🍕', ':)'])('has no emoji that is none or several: %s', (text) => {
    expect(StatusEmoji.safeParse(text).success).toBe(false);
  });

  it('writes an emoji as Unicode recommends it', () => {
    expect(StatusEmoji.parse('❤')).toBe('❤️');
  });
});
