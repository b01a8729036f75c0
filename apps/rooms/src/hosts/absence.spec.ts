import { decide, SOME_DAY, type Absence, type Present } from './absence.ts';

const minutes = (count: number) => count * 60_000;
const goneAt = new Date('2026-01-01T12:00:00.000Z');
const after = (ms: number) => new Date(goneAt.getTime() + ms);
const reclaimMs = minutes(30);

const gone: Absence = { hostId: 'host', goneAt, actingHostId: null, roomHostId: 'host', archived: false };
const lent: Absence = { ...gone, actingHostId: 'acting', roomHostId: 'acting' };
const present = (what: Partial<Present>): Present => ({
  now: after(minutes(1)),
  reclaimMs,
  originalIsHere: false,
  hostIsHere: false,
  successorId: null,
  ...what,
});

describe('a host who is gone', () => {
  it('is followed by the successor once the grace is over', () => {
    expect(decide(gone, present({ successorId: 'next' }))).toEqual({ do: 'lend', to: 'next', until: after(reclaimMs) });
  });

  it('keeps the role when back in time', () => {
    expect(decide(gone, present({ originalIsHere: true, hostIsHere: true, successorId: 'next' }))).toEqual({ do: 'forget' });
  });

  it('keeps the role while nobody is there to take it', () => {
    expect(decide(gone, present({}))).toEqual({ do: 'wait', until: SOME_DAY });
  });

  it('is forgotten when the room is archived or the role has moved by other means', () => {
    expect(decide({ ...gone, archived: true }, present({ successorId: 'next' }))).toEqual({ do: 'forget' });
    expect(decide({ ...gone, roomHostId: 'heir' }, present({ successorId: 'next' }))).toEqual({ do: 'forget' });
  });
});

describe('a role that is lent', () => {
  it('goes back to the host who returns within half an hour', () => {
    expect(decide(lent, present({ now: after(minutes(29)), originalIsHere: true, hostIsHere: true }))).toEqual({ do: 'giveBack' });
  });

  it('stays where it is after half an hour', () => {
    expect(decide(lent, present({ now: after(reclaimMs), originalIsHere: true, hostIsHere: true }))).toEqual({ do: 'forget' });
  });

  it('waits for the host while the acting host is there', () => {
    expect(decide(lent, present({ hostIsHere: true, successorId: 'other' }))).toEqual({ do: 'wait', until: after(reclaimMs) });
  });

  it('passes on when the acting host goes too', () => {
    expect(decide(lent, present({ successorId: 'other' }))).toEqual({ do: 'lend', to: 'other', until: after(reclaimMs) });
  });

  it('waits for anyone when the acting host goes too and nobody is there', () => {
    expect(decide(lent, present({}))).toEqual({ do: 'wait', until: SOME_DAY });
  });

  it('is an absence of its own when nobody is back after half an hour', () => {
    const now = after(reclaimMs);
    expect(decide(lent, present({ now, successorId: 'other' }))).toEqual({ do: 'restart', until: now });
  });
});
