import type { TimeRead } from '@atrium/contracts';
import { timeText } from './clock.ts';
import { readComingTime, readPastTime } from './read-time.ts';
import { nextAfter, repeatText, type Repeat } from './repeat.ts';

/** A Thursday, 18:00 in Berlin. */
const clock = { now: new Date('2026-11-26T17:00:00Z'), timeZone: 'Europe/Berlin' };
const coming = (text: string, at = clock) => {
  const read = readComingTime(text, at);
  return 'fault' in read ? read.fault : [read.at.toISOString(), text.slice(read.length).trim()];
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
    ['tomorrow morning run', '2026-11-27T08:00:00.000Z', 'run'],
    ['tonight movie', '2026-11-26T21:00:00.000Z', 'movie'],
    ['in a quarter of an hour tea', '2026-11-26T17:15:00.000Z', 'tea'],
    ['tomorrow  9  two spaces', '2026-11-27T08:00:00.000Z', 'two spaces'],
    ['in einer halben Stunde Tee', '2026-11-26T17:30:00.000Z', 'Tee'],
    ['in 1,5 Stunden Tee', '2026-11-26T18:30:00.000Z', 'Tee'],
    ['morgen früh laufen', '2026-11-27T08:00:00.000Z', 'laufen'],
    ['morgen früh um 7 laufen', '2026-11-27T06:00:00.000Z', 'laufen'],
    ['übermorgen um 7 Uhr Müll', '2026-11-28T06:00:00.000Z', 'Müll'],
    ['dans une demi-heure thé', '2026-11-26T17:30:00.000Z', 'thé'],
    ['après-demain à 10h marché', '2026-11-28T09:00:00.000Z', 'marché'],
    ['après-demain marché', '2026-11-28T08:00:00.000Z', 'marché'],
    ['en media hora té', '2026-11-26T17:30:00.000Z', 'té'],
    ['pasado mañana a las 10 mercado', '2026-11-28T09:00:00.000Z', 'mercado'],
    ['pasado mañana 10 mercado', '2026-11-28T09:00:00.000Z', 'mercado'],
    ['every Mondays at 9:00, sync', '2026-11-30T08:00:00.000Z', 'sync'],
    ['every Monday and Friday 9:00 gym', '2026-11-27T08:00:00.000Z', 'gym'],
    ['every mon, wed and sun at noon gym', '2026-11-29T11:00:00.000Z', 'gym'],
    ['every other week plan', '2026-11-27T08:00:00.000Z', 'plan'],
    ['every second Tuesday 10:30 plan', '2026-12-01T09:30:00.000Z', 'plan'],
    ['every morning stretch', '2026-11-27T08:00:00.000Z', 'stretch'],
    ['every evening at 19:30 read', '2026-11-26T18:30:00.000Z', 'read'],
    ['every weekend clean', '2026-11-28T08:00:00.000Z', 'clean'],
    ['weekdays at 9 stand-up', '2026-11-27T08:00:00.000Z', 'stand-up'],
    ['alle 2 Stunden trinken', '2026-11-26T19:00:00.000Z', 'trinken'],
    ['jeden zweiten Montag um 9 Plan', '2026-11-30T08:00:00.000Z', 'Plan'],
    ['jeden Montag und Donnerstag um 9 Sport', '2026-11-30T08:00:00.000Z', 'Sport'],
    ['montags 9 Uhr Treffen', '2026-11-30T08:00:00.000Z', 'Treffen'],
    ['jeden Abend lesen', '2026-11-27T17:00:00.000Z', 'lesen'],
    ['tous les lundis à 9h réunion', '2026-11-30T08:00:00.000Z', 'réunion'],
    ['tous les jours à 8h30 café', '2026-11-27T07:30:00.000Z', 'café'],
    ['chaque soir lire', '2026-11-27T17:00:00.000Z', 'lire'],
    ['todos los lunes y jueves a las 9 reunión', '2026-11-30T08:00:00.000Z', 'reunión'],
    ['todos los sábados a las 10 mercado', '2026-11-28T09:00:00.000Z', 'mercado'],
    ['cada 2 semanas a las 9 plan', '2026-11-27T08:00:00.000Z', 'plan'],
    ['in 1,5 hours tea', '2026-11-26T18:30:00.000Z', 'tea'],
    ['in an hour and a half tea', '2026-11-26T18:30:00.000Z', 'tea'],
    ['in 2 and a half hours tea', '2026-11-26T19:30:00.000Z', 'tea'],
    ['in a fortnight tea', '2026-12-10T08:00:00.000Z', 'tea'],
    ['01.12.2026 9:00 pay', '2026-12-01T08:00:00.000Z', 'pay'],
    ['1.12. 14:30 pay', '2026-12-01T13:30:00.000Z', 'pay'],
    ['1.12. pay', '2026-12-01T08:00:00.000Z', 'pay'],
    ['tomorrow 9:00 America/New_York call', '2026-11-27T14:00:00.000Z', 'call'],
    ['every day at 9 Asia/Tokyo, call', '2026-11-27T00:00:00.000Z', 'call'],
    ['tomorrow 9:00 and/or later', '2026-11-27T08:00:00.000Z', 'and/or later'],
    ['weekly plan', '2026-11-27T08:00:00.000Z', 'plan'],
    ['hourly drink', '2026-11-26T18:00:00.000Z', 'drink'],
    ['every year at 10 party', '2026-11-27T09:00:00.000Z', 'party'],
    ['jedes Jahr um 10 Feier', '2026-11-27T09:00:00.000Z', 'Feier'],
    ['every quarter report', '2026-11-27T08:00:00.000Z', 'report'],
    ['every month on the 1st 9:30 pay', '2026-12-01T08:30:00.000Z', 'pay'],
    ['every 15th of the month pay', '2026-12-15T08:00:00.000Z', 'pay'],
    ['jeden Monat am 31. um 9 zahlen', '2026-12-31T08:00:00.000Z', 'zahlen'],
  ])('is read from "%s", in the zone of who wrote it', (text, at, rest) => {
    expect(coming(text)).toEqual([at, rest]);
  });

  it('is on the wall clock of that day where the clocks change in between', () => {
    const before = { now: new Date('2026-10-24T10:00:00Z'), timeZone: 'Europe/Berlin' };
    expect(coming('tomorrow 9:00 x', before)?.[0]).toBe('2026-10-25T08:00:00.000Z');
    expect(coming('tomorrow 9:00 x', { ...before, timeZone: 'America/New_York' })?.[0]).toBe('2026-10-25T13:00:00.000Z');
  });

  it.each([
    'stand-up',
    '',
    'every now and then',
    'every 0 days x',
    'in 999999999 days x',
    'le dernier mot',
    'in a bit x',
    'in a row x',
    'feb 29 x',
    'feb 31 x',
    'tomorrow 25:00 x',
    'every day at 25:00 x',
    'every month on the 40th x',
    'every year on 1 January x',
    'hier-archy',
    'last',
  ])('is not understood in "%s"', (text) => {
    expect(coming(text)).toMatch(/^is no time that is understood: try "in 20 min"/);
  });

  it.each([
    'yesterday',
    'yesterday 9:00 call',
    'yesterday call at 9',
    '2020-01-01 x',
    'last monday x',
    'last week x',
    '5 minutes ago x',
    'today 8:00 x',
    'in 0 min x',
    'gestern 9 x',
    'letzten Montag x',
    'vor 5 Minuten x',
    'hier x',
    'lundi dernier x',
    'il y a 2 jours x',
    'ayer x',
    'el lunes pasado x',
    'hace 5 minutos x',
  ])('is told to lie in the past: "%s"', (text) => {
    expect(coming(text)).toMatch(/^lies in the past/);
  });

  it.each([
    ['call Ann tomorrow at 9', /^has to come first: try "tomorrow at 9 call Ann"/],
    ['to drink tea in 20 min', /^has to come first: try "in 20 min to drink tea"/],
    ['water the roses every Monday 9:00', /^has to come first: try "every Monday 9:00 water the roses"/],
  ])('is told to come first where it stands last: "%s"', (text, fault) => {
    expect(coming(text)).toMatch(fault);
  });

  it('in the past is shown as it was read', () => {
    expect(coming('today 8:00 x')).toMatch(/^lies in the past, today at 08:00 \(Europe\/Berlin\): try/);
  });

  it('keeps its hour on the days after one whose clocks skip it', () => {
    const before = { now: new Date('2027-03-27T12:00:00Z'), timeZone: 'Europe/Berlin' };
    expect(coming('every Monday 2:30 x', before)).toEqual(['2027-03-29T00:30:00.000Z', 'x']);
  });
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
    expect(readPastTime(text, clock)).toMatchObject({ at: new Date(at) });
  });

  it.each([
    ['soon', /^is no time that is understood: try "2h"/],
    ['tomorrow', /^is still to come, tomorrow at/],
    ['2030-01-01', /^is still to come, Tue 1 Jan 2030/],
  ])('is not read from "%s", and says why', (text, why) => {
    expect(readPastTime(text, clock)).toEqual({ fault: expect.stringMatching(why) as string });
  });
});

describe('A text of any length', () => {
  // Gone over once for each of its spaces, each of these takes minutes.
  const LENGTH = 200_000;

  it.each([
    ['spaces between two words', `a${' '.repeat(LENGTH)}b`],
    ['empty lines', `in${'\n'.repeat(LENGTH)}x`],
    ['numbers', '1. '.repeat(LENGTH / 3)],
    ['days', `on ${'1 '.repeat(LENGTH / 2)}`],
  ])('is searched for a time once, though it is full of %s', (_, text) => {
    expect(readComingTime(text, clock)).toEqual(readComingTime(text.slice(0, 1000), clock));
    expect(readPastTime(text, clock)).toEqual(readPastTime(text.slice(0, 1000), clock));
  });

  it('has its time at its beginning', () => {
    const what = 'x '.repeat(LENGTH / 2);
    expect(coming(`tomorrow 9 ${what}`)).toEqual(['2026-11-27T08:00:00.000Z', what.trim()]);
  });
});

describe('A time that comes again', () => {
  const repeat = (text: string) => (readComingTime(text, clock) as TimeRead).repeats as Repeat;

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
    expect(repeatText(repeat('every second Monday 9:00'), new Date('2026-11-30T09:00:00Z'), 'UTC')).toBe(
      'every 2 weeks on Monday at 09:00',
    );
    expect(repeatText(repeat('montags, mittwochs und freitags'), new Date('2026-11-30T09:00:00Z'), 'UTC')).toBe(
      'every Monday, Wednesday and Friday at 09:00',
    );
    expect(repeatText(repeat('every quarter'), new Date('2026-11-30T09:00:00Z'), 'UTC')).toBe('every 3 months on the 30th at 09:00');
    expect(repeatText(repeat('monthly'), new Date('2026-12-01T09:00:00Z'), 'UTC')).toBe('every month on the 1st at 09:00');
    expect(repeatText(repeat('every year'), new Date('2026-12-01T09:00:00Z'), 'UTC')).toBe('every year on 1 December at 09:00');
    expect(repeatText(repeat('jeden Werktag um 9'), new Date('2026-11-30T09:00:00Z'), 'UTC')).toBe('every weekday at 09:00');
    expect(timeText(new Date('2026-11-27T08:00:00Z'), clock)).toBe('tomorrow at 09:00 (Europe/Berlin)');
  });
});
