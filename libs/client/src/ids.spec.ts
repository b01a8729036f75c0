import { newId } from './ids.ts';

const UUID_7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

describe('the maker of ids', () => {
  it('gives UUIDs of version 7 that tell when they were made', () => {
    const id = newId(Date.UTC(2100, 0, 1));
    expect(id).toMatch(UUID_7);
    expect(Number.parseInt(id.replace('-', '').slice(0, 12), 16)).toBe(Date.UTC(2100, 0, 1));
  });

  it('gives each id once, in the order they were asked for, however many in one millisecond', () => {
    const ids = Array.from({ length: 10_000 }, () => newId(Date.UTC(2100, 0, 2)));
    expect(new Set(ids).size).toBe(ids.length);
    expect([...ids].sort()).toEqual(ids);
    expect(newId(Date.UTC(2099, 0, 1)) > (ids.at(-1) ?? '')).toBe(true);
  });

  it('needs nothing that browsers withhold from a page without https', () => {
    Object.defineProperty(crypto, 'randomUUID', { value: undefined, configurable: true });
    try {
      expect(newId()).toMatch(UUID_7);
    } finally {
      Reflect.deleteProperty(crypto, 'randomUUID');
    }
  });
});
