import { Unsaved } from './unsaved.ts';

describe('leaving a form', () => {
  let unsaved: Unsaved;
  let gone: number;
  const go = (): void => void (gone += 1);
  beforeEach(() => {
    unsaved = new Unsaved();
    gone = 0;
  });

  it('that was not changed asks nothing', () => {
    unsaved.leave(go);
    expect([gone, unsaved.snapshot().asking]).toEqual([1, false]);
  });

  it('that was changed waits for the answer, and then goes', () => {
    unsaved.set(true);
    unsaved.leave(go);
    expect([gone, unsaved.snapshot().asking]).toEqual([0, true]);
    unsaved.answer(true);
    expect([gone, unsaved.snapshot().asking, unsaved.isDirty]).toEqual([1, false, false]);
  });

  it('stays with its changes when one would rather keep them', () => {
    unsaved.set(true);
    unsaved.leave(go);
    unsaved.answer(false);
    expect([gone, unsaved.snapshot().asking, unsaved.isDirty]).toEqual([0, false, true]);
  });
});
