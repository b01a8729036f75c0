import type { Room } from '@atrium/contracts';
import { homePlace } from './last-place.ts';

const rooms = [{ id: 'r1' }, { id: 'r2' }] as Room[];

describe('where the product opens', () => {
  it('is the room one was in, with what was open beside it', () => {
    expect(homePlace('/rooms/r2', rooms)).toBe('/rooms/r2');
    expect(homePlace('/rooms/r2/files/f1', rooms)).toBe('/rooms/r2/files/f1');
  });

  it('is the liveliest room when that one was left, or none was opened yet', () => {
    expect(homePlace('/rooms/gone/files', rooms)).toBe('/rooms/r1');
    expect(homePlace(undefined, rooms)).toBe('/rooms/r1');
  });

  it('is where rooms are found for whoever has none', () => {
    expect(homePlace(undefined, [])).toBe('/rooms');
    expect(homePlace('/rooms/r1', [])).toBe('/rooms');
  });
});
