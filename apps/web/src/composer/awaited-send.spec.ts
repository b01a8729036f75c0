import { lostOf } from './awaited-send.ts';

describe('the files that a message waits for', () => {
  const awaited = { names: ['plan.pdf', 'plan.pdf', 'notes.txt'], alsoInRoom: false };

  it.each([
    ['are all on their way', ['notes.txt', 'plan.pdf', 'plan.pdf'], []],
    ['are lost where one of two with the same name is', ['plan.pdf', 'notes.txt'], ['plan.pdf']],
    ['are lost when none was kept', [], ['plan.pdf', 'plan.pdf', 'notes.txt']],
    ['do not include what was attached beside them', ['other.png', 'notes.txt', 'plan.pdf', 'plan.pdf'], []],
  ])('%s', (_what, there, lost) => {
    expect(
      lostOf(
        awaited,
        there.map((name) => ({ name })),
      ),
    ).toEqual(lost);
  });
});
