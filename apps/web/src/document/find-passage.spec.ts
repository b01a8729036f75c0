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

  it('that stands there in another order is marked in the stretches that follow each other', () => {
    const runs = ['The keeper', 'of the pier', 'is paid monthly.', 'Ingrid Lund', 'keeper', 'since 1988,', 'lives there.'];
    expect(found(runs, 'Keeper since 1988: Ingrid Lund')).toEqual(['Ingrid Lund', 'keeper', 'since 1988']);
  });

  it('leaves its words alone where they stand elsewhere on the page', () => {
    const runs = [
      'The ferry to the island leaves at nine.',
      'The harbour office sells tickets for the ferry.',
      'Harbour map',
      'Tickets for the island are sold at the office until nine.',
      'The island has no office, the ferry no tickets.',
    ];
    const quote = 'The harbour office sells tickets for the ferry. Tickets for the island are sold at the office until nine.';
    expect(found(runs, quote, 'The ferry to the island leaves at nine.')).toEqual([
      'The harbour office sells tickets for the ferry',
      'Tickets for the island are sold at the office until nine',
    ]);
  });

  it('that was set in columns, line beside line, is marked in its own column', () => {
    const runs = ['Lamps are lit', 'Boats are moored', 'at dusk by the', 'in the harbour', 'keeper himself.', 'crew of the day.'];
    expect(found(runs, 'Lamps are lit at dusk by the keeper himself.')).toEqual(['Lamps are lit', 'at dusk by the', 'keeper himself']);
  });

  it('is not found where the page lacks its words', () => {
    expect(found(['The pier is open.'], 'Nobody paid for the lamp oil in winter')).toEqual([]);
    expect(found([], 'The pier')).toEqual([]);
    expect(found(['The pier'], '…')).toEqual([]);
  });
});
