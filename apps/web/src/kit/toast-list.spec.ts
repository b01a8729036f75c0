import { jest } from '@jest/globals';
import { ToastList } from './toast-list.ts';

describe('notices', () => {
  let list: ToastList;
  const shown = () => list.snapshot().map(({ text }) => text);
  beforeEach(() => {
    jest.useFakeTimers();
    list = new ToastList();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it('that say the same are shown once, as the latest and for their full time', () => {
    list.show('Link copied.');
    list.show('Pinned.');
    jest.advanceTimersByTime(4000);
    list.show('Link copied.');
    expect(shown()).toEqual(['Pinned.', 'Link copied.']);
    jest.advanceTimersByTime(4000);
    expect(shown()).toEqual(['Link copied.']);
    jest.advanceTimersByTime(2000);
    expect(shown()).toEqual([]);
  });

  it('of success and of failure stay apart', () => {
    list.show('Locked');
    list.show('Locked', 'danger');
    expect(list.snapshot()).toMatchObject([{ tone: 'plain' }, { tone: 'danger' }]);
  });

  it('are at most three, the latest ones', () => {
    for (const text of ['one', 'two', 'three', 'four']) list.show(text);
    expect(shown()).toEqual(['two', 'three', 'four']);
  });
});
