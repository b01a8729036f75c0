import { parseSummaryRange } from './summary-range.ts';

const now = new Date('2026-11-22T15:30:00.000Z');
const since = (args: string) => {
  const range = parseSummaryRange(args, now);
  return range?.kind === 'since' ? range.at.toISOString() : range;
};

describe('parseSummaryRange', () => {
  it('means what was not read when nothing is said', () => {
    expect(parseSummaryRange('', now)).toEqual({ kind: 'unread' });
  });

  it.each([
    ['since 90m', '2026-11-22T14:00:00.000Z'],
    ['since 2h', '2026-11-22T13:30:00.000Z'],
    ['since 3 days ago', '2026-11-19T15:30:00.000Z'],
    ['since 1w', '2026-11-15T15:30:00.000Z'],
    ['since today', '2026-11-22T00:00:00.000Z'],
    ['Since Yesterday', '2026-11-21T00:00:00.000Z'],
    ['since 09:15', '2026-11-22T09:15:00.000Z'],
    ['since 18:00', '2026-11-21T18:00:00.000Z'],
    ['since 2026-11-20', '2026-11-20T00:00:00.000Z'],
    ['since 2026-11-20T08:30', '2026-11-20T08:30:00.000Z'],
  ])('understands %p', (args, at) => {
    expect(since(args)).toBe(at);
  });

  it('takes a number of messages, and a thread', () => {
    expect(parseSummaryRange('last 50', now)).toEqual({ kind: 'last', count: 50 });
    expect(parseSummaryRange('last 1 message', now)).toEqual({ kind: 'last', count: 1 });
    expect(parseSummaryRange('thread', now)).toEqual({ kind: 'thread' });
  });

  it.each([
    'last',
    'last 0',
    'last 501',
    'last -3',
    'last many',
    'since',
    'since forever',
    'since 2026-13-40',
    'since 2027-01-01',
    'thread 3',
    'everything',
  ])('does not guess at %p', (args) => {
    expect(parseSummaryRange(args, now)).toBeNull();
  });
});
