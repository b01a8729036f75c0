import { fieldTime, suggestedTimes, whenText } from './when-text.ts';

// A Thursday, in Berlin.
const NOW = new Date('2026-11-26T10:02:00+01:00');

describe('a time to send at', () => {
  it.each([
    ['2026-11-26T18:30:00+01:00', 'today at 18:30'],
    ['2026-11-27T09:00:00+01:00', 'tomorrow at 09:00'],
    ['2026-11-28T09:00:00+01:00', /^on .*28.* at 09:00$/],
  ])('%s is said as %s', (at, words) => expect(whenText(new Date(at).toISOString(), NOW.getTime())).toEqual(expect.stringMatching(words)));

  it('is suggested as people mean it', () => {
    const times = suggestedTimes(NOW).map(({ label, at }) => [label, fieldTime(at)]);
    expect(times).toEqual([
      ['In an hour', '2026-11-26T11:05'],
      ['Tomorrow morning', '2026-11-27T09:00'],
      ['Monday morning', '2026-11-30T09:00'],
    ]);
  });

  it('is suggested once where tomorrow is Monday, and for this morning before it', () => {
    const labels = (now: string): string[] => suggestedTimes(new Date(now)).map(({ label }) => label);
    expect(labels('2026-11-29T12:00:00+01:00')).toEqual(['In an hour', 'Tomorrow morning']);
    expect(labels('2026-11-30T06:00:00+01:00')).toEqual(['In an hour', 'This morning', 'Tomorrow morning', 'Monday morning']);
  });

  it('keeps its hour when the clock is changed', () => {
    const [, tomorrow] = suggestedTimes(new Date('2026-10-24T12:00:00+02:00'));
    expect(tomorrow && fieldTime(tomorrow.at)).toBe('2026-10-25T09:00');
  });
});
