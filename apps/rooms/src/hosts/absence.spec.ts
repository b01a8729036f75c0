import { FAR_FUTURE, decide, type Absence, type Present } from './absence.ts';

const at = (minutes: number) => new Date(Date.UTC(2026, 0, 1, 0, minutes));
const DAYS = 24 * 60;
const away: Absence = { hostId: 'ann', goneAt: at(0), roomHostId: 'ann', archived: false, awayDays: 30 };
const present = (change: Partial<Present> = {}): Present => ({
  now: at(6),
  graceMs: 5 * 60_000,
  hostIsHere: false,
  moderatorIsHere: false,
  actingId: null,
  successorId: 'ben',
  heirId: 'ben',
  ...change,
});

describe('an absent host', () => {
  it('is acted for by the next in line after the grace, and by nobody before', () => {
    expect(decide(away, present({ now: at(4) }))).toEqual({ do: 'act', actingHostId: null, until: at(5) });
    expect(decide(away, present())).toEqual({ do: 'act', actingHostId: 'ben', until: at(30 * DAYS) });
  });

  it('is acted for by nobody while a moderator is here, and by the same person as long as that one is here', () => {
    expect(decide(away, present({ moderatorIsHere: true, actingId: 'ben' }))).toMatchObject({ actingHostId: null });
    expect(decide(away, present({ actingId: 'cat' }))).toMatchObject({ actingHostId: 'cat' });
    expect(decide(away, present({ successorId: null }))).toMatchObject({ actingHostId: null });
  });

  it('is no longer absent once back, however late, or once the role is somebody else’s', () => {
    expect(decide(away, present({ hostIsHere: true, now: at(45 * DAYS) }))).toEqual({ do: 'forget' });
    expect(decide({ ...away, roomHostId: 'cat' }, present())).toEqual({ do: 'forget' });
    expect(decide({ ...away, archived: true }, present())).toEqual({ do: 'forget' });
  });

  it('loses the role only after the days that the room says, if ever, and to somebody', () => {
    expect(decide(away, present({ now: at(30 * DAYS - 1) }))).toMatchObject({ do: 'act' });
    expect(decide(away, present({ now: at(30 * DAYS), heirId: 'cat' }))).toEqual({ do: 'passOn', to: 'cat' });
    expect(decide({ ...away, awayDays: 1 }, present({ now: at(DAYS) }))).toEqual({ do: 'passOn', to: 'ben' });
    expect(decide({ ...away, awayDays: 0 }, present({ now: at(999 * DAYS) }))).toMatchObject({ do: 'act', until: FAR_FUTURE });
    const alone = present({ now: at(31 * DAYS), heirId: null, successorId: null });
    expect(decide(away, alone)).toEqual({ do: 'act', actingHostId: null, until: FAR_FUTURE });
  });
});
