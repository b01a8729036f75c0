import { endOf } from './status-terms.ts';

const thursday = new Date(2026, 10, 26, 22, 30);
const sunday = new Date(2026, 10, 29, 9, 0);
const monday = new Date(2026, 10, 30).toISOString();

it.each([
  ['in 30 minutes', '30m', thursday, new Date(2026, 10, 26, 23, 0).toISOString()],
  ['tonight, at midnight', 'today', thursday, new Date(2026, 10, 27).toISOString()],
  ['at the end of the week, when Sunday is over', 'week', thursday, monday],
  ['at the end of the week, on a Sunday too', 'week', sunday, monday],
  ['never', 'never', thursday, null],
] as const)('a status is over %s', (_when, term, now, end) => {
  expect(endOf(term, now)).toBe(end);
});
