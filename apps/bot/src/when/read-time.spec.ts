import { readComingTime, readPastTime, timeText } from './read-time.ts';
import { nextAfter, repeatText, type Repeat } from './repeat.ts';

/** A Thursday, 18:00 in Berlin. */
const clock = { now: new Date('2026-11-26T17:00:00Z'), timeZone: 'Europe/Berlin' };
const coming = (text: string, at = clock) => {
  const read = readComingTime(text, at);
  return read && [read.at.toISOString(), text.slice(read.length).trim()];
};

describe('A time to come', () => {
  it.each([
    ['in 20 min stretch', '2026-11-26T17:20:00.000Z', 'stretch'],
    ['20m tea', '2026-11-26T17:20:00.000Z', 'tea'],
    ['in 1h30m leave', '2026-11-26T18:30:00.000Z', 'leave'],
    ['in 2 sec now', '2026-11-26T17:00:02.000Z', 'now'],
    ['tomorrow 9 stand-up', '2026-11-27T08:00:00.000Z', 'stand-up'],
    ['tomorrow at 9:15 stand-up', '2026-11-27T08:15:00.000Z', 'stand-up'],
    ['tomorrow 9am call 5 people', '2026-11-27T08:00:00.000Z', 'call 5 people'],
    ['tomorrow pay the rent', '2026-11-27T08:00:00.000Z', 'pay the rent'],
    ['friday 14 review', '2026-11-27T13:00:00.000Z', 'review'],
    ['monday 9:00 sync', '2026-11-30T08:00:00.000Z', 'sync'],
    ['9:00 coffee', '2026-11-27T08:00:00.000Z', 'coffee'],
    ['at 20:30 lock up', '2026-11-26T19:30:00.000Z', 'lock up'],
    ['2026-12-01 14:30 pay', '2026-12-01T13:30:00.000Z', 'pay'],
    ['every Monday 9:00 sync', '2026-11-30T08:00:00.000Z', 'sync'],
    ['every day at 18:30 go home', '2026-11-26T17:30:00.000Z', 'go home'],
    ['every weekday 9 stand-up', '2026-11-27T08:00:00.000Z', 'stand-up'],
    ['every 2 hours drink', '2026-11-26T19:00:00.000Z', 'drink'],
    ['tomorrow, water the roses', '2026-11-27T08:00:00.000Z', 'water the roses'],
    ['on the 1st of January party', '2027-01-01T08:00:00.000Z', 'party'],
    ['morgen um 9 Uhr Blumen', '2026-11-27T08:00:00.000Z', 'Blumen'],
    ['morgen 9 Blumen', '2026-11-27T08:00:00.000Z', 'Blumen'],
    ['in 20 Minuten Tee', '2026-11-26T17:20:00.000Z', 'Tee'],
    ['am Freitag um 14:30 Besuch', '2026-11-27T13:30:00.000Z', 'Besuch'],
    ['jeden Montag um 9:00 Treffen', '2026-11-30T08:00:00.000Z', 'Treffen'],
    ['jeden Tag um 18:30 Uhr heim', '2026-11-26T17:30:00.000Z', 'heim'],
    ['demain à 9h café', '2026-11-27T08:00:00.000Z', 'café'],
    ['dans 20 minutes thé', '2026-11-26T17:20:00.000Z', 'thé'],
    ['chaque lundi à 9h réunion', '2026-11-30T08:00:00.000Z', 'réunion'],
    ['mañana a las 9 café', '2026-11-27T08:00:00.000Z', 'café'],
    ['en 20 minutos té', '2026-11-26T17:20:00.000Z', 'té'],
    ['cada lunes 9:00 reunión', '2026-11-30T08:00:00.000Z', 'reunión'],
  ])('is read from "%s", in the zone of who wrote it', (text, at, rest) => {
    expect(coming(text)).toEqual([at, rest]);
  });

  it('is on the wall clock of that day where the clocks change in between', () => {
    const before = { now: new Date('2026-10-24T10:00:00Z'), timeZone: 'Europe/Berlin' };
    expect(coming('tomorrow 9:00 x', before)?.[0]).toBe('2026-10-25T08:00:00.000Z');
    expect(coming('tomorrow 9:00 x', { ...before, timeZone: 'America/New_York' })?.[0]).toBe('2026-10-25T13:00:00.000Z');
  });

  it.each(['stand-up', '', 'yesterday 9:00 x', '2020-01-01 x', 'call Ann tomorrow', 'every now and then'])(
    'is not read from "%s"',
    (text) => {
      expect(coming(text)).toBeNull();
    },
  );
});

describe('A time gone by', () => {
  it.each([
    ['2h', '2026-11-26T15:00:00.000Z'],
    ['3 days ago', '2026-11-23T17:00:00.000Z'],
    ['yesterday', '2026-11-24T23:00:00.000Z'],
    ['today', '2026-11-25T23:00:00.000Z'],
    ['monday', '2026-11-22T23:00:00.000Z'],
    ['14:30', '2026-11-26T13:30:00.000Z'],
    ['20:00', '2026-11-25T19:00:00.000Z'],
    ['2026-11-20', '2026-11-19T23:00:00.000Z'],
  ])('is read from "%s"', (text, at) => {
    expect(readPastTime(text, clock)?.at.toISOString()).toBe(at);
  });

  it.each(['soon', 'tomorrow', '2030-01-01'])('is not read from "%s"', (text) => {
    expect(readPastTime(text, clock)).toBeNull();
  });
});

describe('A time that comes again', () => {
  const repeat = (text: string) => readComingTime(text, clock)?.repeats as Repeat;

  it('keeps its place on the clock through the change to winter', () => {
    const first = new Date('2026-10-20T07:00:00Z');
    const next = nextAfter(first, new Date('2026-10-25T12:00:00Z'), { repeat: repeat('every day at 9'), timeZone: 'Europe/Berlin' });
    expect(next.toISOString()).toBe('2026-10-26T08:00:00.000Z');
  });

  it('comes once for all that was missed, and only on its days', () => {
    const timeZone = 'Europe/Berlin';
    const friday = new Date('2026-11-27T08:00:00Z');
    expect(nextAfter(friday, friday, { repeat: repeat('every weekday 9'), timeZone }).toISOString()).toBe('2026-11-30T08:00:00.000Z');
    expect(nextAfter(friday, new Date('2027-03-01T00:00:00Z'), { repeat: { unit: 'week', every: 1 }, timeZone }).toISOString()).toBe(
      '2027-03-05T08:00:00.000Z',
    );
  });

  it('is told in words', () => {
    expect(repeatText(repeat('every Monday 9:00'), new Date('2026-11-30T08:00:00Z'), 'Europe/Berlin')).toBe('every Monday at 09:00');
    expect(repeatText(repeat('every 2 hours'), clock.now, 'UTC')).toBe('every 2 hours');
    expect(timeText(new Date('2026-11-27T08:00:00Z'), clock)).toBe('tomorrow at 09:00 (Europe/Berlin)');
  });
});
