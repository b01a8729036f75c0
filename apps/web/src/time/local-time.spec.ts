import { localTimeOf, untilText } from './local-time.ts';

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
