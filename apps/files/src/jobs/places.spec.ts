import { Places } from './places.ts';

describe('the places of a worker', () => {
  const held = (uploaderId: string, roomId: string) => ({ uploaderId, roomId });

  it('are taken by one person up to half, and by others beside that', () => {
    const places = new Places(4);
    expect([1, 2, 3].map((n) => places.take(`eve ${n}`, held('eve', `room ${n}`)))).toEqual([true, true, false]);
    expect(places.take('ann', held('ann', 'room 1'))).toBe(true);
    expect(places.taken).toBe(3);
  });

  it.each([
    [1, 1],
    [2, 1],
    [3, 1],
    [4, 2],
    [5, 3],
  ])('of which there are %i are taken by one person in %i', (count, most) => {
    const places = new Places(count);
    const tried = Array.from({ length: count }, (_, n) => places.take(`eve ${n}`, held('eve', 'room')));
    expect(tried.filter((taken) => taken)).toHaveLength(most);
  });

  it.each([3, 4, 5, 8])(
    'are kept for the others of a room too, where there are %i and one of its people takes all that they may',
    (count) => {
      const places = new Places(count);
      for (let n = 0; n < count; n += 1) places.take(`eve ${n}`, held('eve', 'room'));
      expect(places.take('ann', held('ann', 'room'))).toBe(true);
      expect(places.take('dan', held('dan', 'quiet'))).toBe(true);
    },
  );

  it('are taken by the people of one room but for the last, which is for another room', () => {
    const places = new Places(4);
    expect(['eve', 'ann', 'bob', 'cyd'].map((who) => places.take(who, held(who, 'crowded')))).toEqual([true, true, true, false]);
    expect(places.take('dan', held('dan', 'quiet'))).toBe(true);
  });

  it('are taken by anybody where there is only one', () => {
    const places = new Places(1);
    expect(places.take('first', held('eve', 'room'))).toBe(true);
    places.release('first');
    expect(places.take('second', held('eve', 'room'))).toBe(true);
  });

  it('call the first that was turned away and would find one now', () => {
    const places = new Places(2);
    places.take('eve 1', held('eve', 'room 1'));
    places.take('eve 2', held('eve', 'room 1'));
    places.take('eve 3', held('eve', 'room 1'));
    places.take('bob', held('bob', 'room 2'));
    expect(places.waiting).toBe(2);
    expect(places.release('bob')).toBeUndefined();
    expect(places.release('eve 1')).toBe('eve 2');
    expect(places.waiting).toBe(1);
  });

  it('call nobody when something is given back that held none', () => {
    const places = new Places(2);
    places.take('eve 1', held('eve', 'room 1'));
    places.take('eve 2', held('eve', 'room 1'));
    expect(places.release('eve 2')).toBeUndefined();
  });
});
