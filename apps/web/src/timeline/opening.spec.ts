import { openingOf, openingRow } from './opening.ts';
import type { Row } from './rows.ts';
import { keepScrollPlace, readScrollPlace } from './scroll-places.ts';

const place = { at: undefined, kept: undefined, unread: 0, readSeq: 10, returns: false };

describe('a conversation opens', () => {
  it('at the message that the address names, before anything else', () => {
    expect(openingOf({ ...place, at: 7, kept: { seq: 3, above: 0 }, unread: 90 })).toEqual({ name: 'asked', seq: 7 });
  });

  it('where it was left, on Back and where nothing is new', () => {
    const kept = { seq: 3, above: 12 };
    expect(openingOf({ ...place, kept })).toEqual({ name: 'kept', ...kept });
    expect(openingOf({ ...place, kept, unread: 90, returns: true })).toEqual({ name: 'kept', ...kept });
    expect(openingOf({ ...place, kept, unread: 90 })).toEqual({ name: 'unread', seq: 10 });
    expect(openingOf({ ...place, kept, unread: 2 })).toEqual({ name: 'end' });
  });

  it('before what is new when that is much, else at its end', () => {
    expect(openingOf({ ...place, unread: 500 })).toEqual({ name: 'unread', seq: 10 });
    expect(openingOf({ ...place, unread: 5 })).toEqual({ name: 'end' });
  });
});

describe('the row it opens at', () => {
  const message = (seq: number): Row => ({ kind: 'message', key: `m${seq}`, message: { seq }, head: true }) as Row;
  const rows: Row[] = [message(9), message(10), { kind: 'unread', key: 'unread' }, message(11)];

  it('is the line before what is new, not the long message above it', () => {
    expect(openingRow(rows, { name: 'unread', seq: 10 })).toEqual({ index: 2, align: 'start', offset: -48 });
    expect(openingRow(rows, { name: 'end' })).toMatchObject({ index: 2 });
    expect(openingRow([message(9)], { name: 'end' })).toEqual({ index: 'LAST', align: 'end' });
  });

  it('is the message asked for, in the middle, or the one left, as it stood', () => {
    expect(openingRow(rows, { name: 'asked', seq: 10 })).toEqual({ index: 1, align: 'center' });
    expect(openingRow(rows, { name: 'kept', seq: 10, above: 30 })).toEqual({ index: 1, align: 'start', offset: 30 });
  });
});

describe('the place in a conversation', () => {
  beforeEach(() => {
    const stored = new Map<string, string>();
    const sessionStorage = {
      getItem: (key: string) => stored.get(key) ?? null,
      setItem: (key: string, value: string) => stored.set(key, value),
      removeItem: (key: string) => stored.delete(key),
    };
    Object.defineProperty(globalThis, 'sessionStorage', { value: sessionStorage, configurable: true });
  });

  it('is kept by room, until the end is where one leaves', () => {
    keepScrollPlace('r1', { seq: 40, above: 12.4 });
    expect(readScrollPlace('r1')).toEqual({ seq: 40, above: 12 });
    expect(readScrollPlace('r2')).toBeUndefined();
    keepScrollPlace('r1', undefined);
    expect(readScrollPlace('r1')).toBeUndefined();
  });

  it('that cannot be read is none', () => {
    sessionStorage.setItem('atrium.scroll.r1', 'nonsense:x');
    expect(readScrollPlace('r1')).toBeUndefined();
  });
});
