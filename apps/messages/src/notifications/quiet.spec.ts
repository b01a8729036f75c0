import { isQuiet } from './quiet.ts';

const at = (time: string) => new Date(`2026-11-26T${time}:00.000Z`);

describe('whether somebody wants quiet', () => {
  it('holds until the time up to which they asked not to be disturbed', () => {
    const dndUntil = '2026-11-26T12:00:00.000Z';
    expect([at('11:59'), at('12:00')].map((now) => isQuiet({ dndUntil }, now))).toEqual([true, false]);
  });

  it('holds in their quiet hours, by the clock of their own place, over midnight too', () => {
    const night = { from: '22:00', to: '07:00', timeZone: 'America/New_York' };
    const times = ['02:59', '03:00', '05:00', '11:59', '12:00', '20:00'].map((time) => isQuiet({ quietHours: night }, at(time)));
    expect(times).toEqual([false, true, true, true, false, false]);
    const noon = { from: '12:00', to: '13:00', timeZone: 'UTC' };
    expect(['11:59', '12:00', '12:59', '13:00'].map((time) => isQuiet({ quietHours: noon }, at(time)))).toEqual([false, true, true, false]);
  });

  it('holds as long as somebody has set themselves to do not disturb, whatever the hour', () => {
    expect((['dnd', 'away', 'auto'] as const).map((presence) => isQuiet({ presence }, at('12:00')))).toEqual([true, false, false]);
  });

  it('does not hold without a wish, nor in hours that end when they begin', () => {
    expect(isQuiet({}, at('03:00'))).toBe(false);
    expect(isQuiet({ quietHours: { from: '03:00', to: '03:00', timeZone: 'UTC' } }, at('03:00'))).toBe(false);
  });
});
