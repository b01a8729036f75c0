import { localTimeOf, untilText } from './local-time.ts';

const noon = new Date('2026-11-27T12:00:00.000Z');

it.each([
  ['Asia/Kathmandu', /^17:45$/],
  ['Pacific/Kiritimati', /^Saturday 02:00$/],
])('the clock of somebody in %s shows their time, and their day where it is another', (timeZone, expected) => {
  expect(localTimeOf(timeZone, noon)).toMatch(expected);
});

it('the end of a status is a time today, and has its day later', () => {
  const today = new Date(noon.getTime() + 60_000);
  const later = new Date(noon.getTime() + 40 * 24 * 3_600_000);
  expect(untilText(today.toISOString(), noon)).toMatch(/^\d\d:01$/);
  expect(untilText(later.toISOString(), noon)).toMatch(/2027.* \d\d:00$/);
});
