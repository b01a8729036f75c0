import { Recent } from './recent.ts';

describe('a memory of what was used lately', () => {
  it('forgets what was not used while others filled it twice', () => {
    const recent = new Recent<number>(2);
    for (const key of ['a', 'b', 'c', 'd', 'e']) {
      recent.set(key, 1);
      recent.get('a');
    }
    expect(['a', 'b', 'e'].map((key) => recent.get(key))).toEqual([1, undefined, 1]);
  });

  it('knows nothing any more of what it is told to forget, however long ago that was used', () => {
    const recent = new Recent<number>(2);
    for (const key of ['a', 'b', 'c']) recent.set(key, 1);
    recent.delete('a');
    expect(['a', 'b'].map((key) => recent.get(key))).toEqual([undefined, 1]);
    recent.clear();
    expect(['b', 'c'].map((key) => recent.get(key))).toEqual([undefined, undefined]);
  });
});
