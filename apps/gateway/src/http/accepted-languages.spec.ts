import { acceptedLanguages } from './accepted-languages.ts';

describe('The languages that a request asks for', () => {
  it.each([
    ['de', 'de'],
    ['de-CH, de;q=0.9, en;q=0.8', 'de-CH,de,en'],
    ['en;q=0.5,vi', 'vi,en'],
    ['en;q=0, vi;q=0.1', 'vi'],
    ['*;q=0.5, de', 'de'],
  ])('are its tags, the best first: %s', (header, languages) => expect(acceptedLanguages(header)).toBe(languages));

  it.each([[undefined], [''], ['*'], ['de;q=none'], ['de_DE'], ['x'.repeat(5000)], [',;,;q=1']])('are none in %j', (header) =>
    expect(acceptedLanguages(header)).toBeUndefined(),
  );
});
