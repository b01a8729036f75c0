import { countLetters, findPassage } from './find-passage.ts';

const found = (runs: string[], text: string, before = ''): string[] =>
  findPassage(runs, { text, lettersBefore: countLetters(before) }).map(({ run, start, end }) => runs[run]!.slice(start, end));

describe('a passage on the page of a PDF', () => {
  it('is found over the ends of lines, with words that were broken there', () => {
    const runs = ['The gathering takes place in the twenty-', 'five year old cus-', 'toms house. It is open.'];
    expect(found(runs, 'the twenty-five year old customs house.')).toEqual(['the twenty', 'five year old cus', 'toms house']);
  });

  it('is found whatever its letters are written with', () => {
    expect(found(['The of', 'ﬁ', 'ce of ⽇本'], 'the office of 日本')).toEqual(['The of', 'ﬁ', 'ce of ⽇本']);
    expect(found(['price 𝟏𝟎 euros'], 'price 10 euros')).toEqual(['price 𝟏𝟎 euros']);
    expect(found(['﻿ﺍﻟﺴﻌﺮ ٣٠'], 'السعر')).toEqual(['ﺍﻟﺴﻌﺮ']);
  });

  it('that stands there twice is the one that is meant', () => {
    const runs = ['Open at nine.', 'Closed on Monday.', 'Open at nine.'];
    const place = (before: string) => findPassage(runs, { text: 'Open at nine.', lettersBefore: countLetters(before) })[0]!.run;
    expect([place(''), place('Open at nine. Closed on Monday. ')]).toEqual([0, 2]);
  });

  it('that is a row of a table is its values', () => {
    const runs = ['Boat', 'Capacity', 'Built', 'Aurora', '240', '1962', 'Brise', '90', '1988'];
    expect(found(runs, 'Boat: Brise; Capacity: 90; Built: 1988')).toEqual(['Brise', '90', '1988']);
  });

  it('that stands there in another order is its words, where most of them are', () => {
    const runs = ['The keeper', 'of the pier', 'is paid monthly.', 'Ingrid Lund', 'keeper', 'since 1988,', 'lives there.'];
    expect(found(runs, 'Keeper since 1988: Ingrid Lund')).toEqual(['Ingrid', 'Lund', 'keeper', 'since', '1988']);
  });

  it('is not found where it is not', () => {
    expect(found(['The pier is open.'], 'Nobody paid for the lamp oil in winter')).toEqual([]);
    expect(found([], 'The pier')).toEqual([]);
    expect(found(['The pier'], '…')).toEqual([]);
  });
});
