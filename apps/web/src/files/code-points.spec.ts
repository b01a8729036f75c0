import { readPassage } from '../attachments/citation-place.ts';
import { cutAround } from '../attachments/code-points.ts';
import { statusWords } from '../attachments/file-status.ts';
import { sizeText } from '../attachments/size-text.ts';

describe('cutAround', () => {
  it('counts code points, as citations do', () => {
    expect(cutAround('a🌊b tide 🌊', 2, 8)).toEqual([
      { text: 'a🌊', marked: false },
      { text: 'b tide', marked: true },
      { text: ' 🌊', marked: false },
    ]);
  });

  it('marks a passage at either end of a page', () => {
    expect(cutAround('abc', 0, 1)).toEqual([
      { text: 'a', marked: true },
      { text: 'bc', marked: false },
    ]);
    expect(cutAround('abc', 2, 9)).toEqual([
      { text: 'ab', marked: false },
      { text: 'c', marked: true },
    ]);
  });
});

describe('readPassage', () => {
  it('reads what a citation’s link names, and nothing else', () => {
    expect(readPassage(new URLSearchParams('page=3&start=10&end=20'))).toEqual({ page: 3, start: 10, end: 20 });
    expect(readPassage(new URLSearchParams('page=3&start=20&end=10'))).toBeUndefined();
    expect(readPassage(new URLSearchParams(''))).toBeUndefined();
  });
});

describe('statusWords', () => {
  it('never calls a file ready that is not, and gives the server’s reason', () => {
    expect(statusWords({ status: 'failed', statusReason: 'The archive is damaged.' })).toMatchObject({
      tone: 'bad',
      explanation: 'The archive is damaged.',
    });
    expect(statusWords({ status: 'extracting', progress: 40 })).toMatchObject({ tone: 'busy', label: 'Reading, 40 %' });
    expect(statusWords({ status: 'no_text' }).tone).toBe('warn');
  });
});

describe('sizeText', () => {
  it.each([
    [0, '0 B'],
    [340, '340 B'],
    [1536, '1.5 KB'],
    [104_857_600, '100 MB'],
  ])('writes %i as %s', (bytes, text) => expect(sizeText(bytes)).toBe(text));
});
