import { isCode } from './is-code.ts';

describe('what is set in letters of one width', () => {
  it.each(['main.ts', 'server.log', 'values.yaml', 'Makefile', 'query.SQL'])('is code, settings and logs: %s', (name) => {
    expect(isCode({ name, contentType: 'text/plain' })).toBe(true);
  });

  it.each([
    ['notes.txt', 'text/plain'],
    ['README', 'text/plain'],
    ['minutes 12.5.', 'text/plain'],
    ['minutes.2024', 'text/plain'],
    ['README.md', 'text/markdown'],
    ['report.pdf', 'application/pdf'],
    ['fleet.csv', 'text/csv'],
  ])('is no text for reading: %s', (name, contentType) => {
    expect(isCode({ name, contentType })).toBe(false);
  });
});
