import { dayLabel, localTimeOf, timeInList, untilText } from './format.ts';

describe('the word for a day', () => {
  // Central Europe puts the clock back on the 25th of October 2026, which then has 25 hours.
  const lateOnTheLongDay = Date.parse('2026-10-25T22:30:00Z');

  it('follows the calendar where a day has 25 hours', () => {
    expect(dayLabel('2026-10-24T10:00:00Z', lateOnTheLongDay)).toBe('Yesterday');
    expect(dayLabel('2026-10-25T10:00:00Z', lateOnTheLongDay)).toBe('Today');
    expect(timeInList('2026-10-24T10:00:00Z', lateOnTheLongDay)).toBe('yesterday');
  });
});

describe('the time in a list', () => {
  it('is the clock’s today, however long ago, and the day’s before that', () => {
    const now = Date.parse('2026-06-10T12:00:30Z');
    expect(timeInList('2026-06-10T12:00:10Z', now)).toBe('14:00');
    expect(timeInList('2026-06-10T11:31:00Z', now)).toBe('13:31');
    expect(timeInList('2026-06-09T11:31:00Z', now)).toBe('yesterday');
    expect(timeInList('2026-06-02T11:31:00Z', now)).toMatch(/2/);
  });
});

const noon = new Date('2026-11-27T12:00:00.000Z');

it('the clock of somebody elsewhere shows their time, and their day where it is another', () => {
  expect(localTimeOf('Asia/Kathmandu', noon)).toMatch(/17:45$/);
  // These two never have the same day, wherever the test runs.
  const days = ['Pacific/Kiritimati', 'Pacific/Pago_Pago'].map((zone) => localTimeOf(zone, noon).replace(/ ?\d\d:\d\d$/, ''));
  expect(days.filter((day) => day !== '').length).toBeGreaterThan(0);
  expect(localTimeOf(Intl.DateTimeFormat().resolvedOptions().timeZone, noon)).toMatch(/^\d\d:\d\d$/);
});

it('the end of a status is a time today, and has its day later', () => {
  const later = new Date(noon.getTime() + 40 * 24 * 3_600_000);
  expect(untilText(noon.toISOString(), noon)).toMatch(/^\d\d:\d\d$/);
  expect(untilText(later.toISOString(), noon)).toMatch(/2027.* \d\d:\d\d$/);
});
