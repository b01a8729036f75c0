import { readPassage } from '../attachments/citation-place.ts';
import { cutAround } from '../attachments/code-points.ts';
import { statusWords } from '../attachments/file-status.ts';
import { sizeText } from '../attachments/size-text.ts';

describe('a passage that is marked in a text', () => {
  it('is found by code points, as citations count', () => {
    expect(cutAround('a🌊b tide 🌊', 2, 8)).toEqual([
      { text: 'a🌊', marked: false },
      { text: 'b tide', marked: true },
      { text: ' 🌊', marked: false },
    ]);
  });

  it('may stand at either end of it', () => {
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

describe('the link of a citation', () => {
  it('names a passage by its page, start and end, or none at all', () => {
    expect(readPassage(new URLSearchParams('page=3&start=10&end=20'))).toEqual({ page: 3, start: 10, end: 20 });
    expect(readPassage(new URLSearchParams('page=3&start=20&end=10'))).toBeUndefined();
    expect(readPassage(new URLSearchParams(''))).toBeUndefined();
  });
});

describe('the status of a file, in words,', () => {
  it('never calls a file ready that is not, and gives the reason of the server', () => {
    expect(statusWords({ status: 'failed', statusReason: 'The archive is damaged.' })).toMatchObject({
      tone: 'bad',
      explanation: 'The archive is damaged.',
    });
    expect(statusWords({ status: 'extracting', progress: 40 })).toMatchObject({ tone: 'busy', label: 'Reading, 40 %' });
    expect(statusWords({ status: 'no_text' }).tone).toBe('warn');
  });
});

describe('the size of a file', () => {
  it.each([
    [0, '0 B'],
    [340, '340 B'],
    [1536, '1.5 KB'],
    [104_857_600, '100 MB'],
  ])('is written for %i bytes as %s', (bytes, text) => expect(sizeText(bytes)).toBe(text));
});
