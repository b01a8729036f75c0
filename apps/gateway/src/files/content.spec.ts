import { parse } from 'content-disposition';
import { contentDisposition, namesTag, parseRange } from './content-headers.ts';

describe('the range of a download', () => {
  it.each([
    [undefined, 'whole'],
    ['bytes=0-', { start: 0, end: 99 }],
    ['bytes=10-19', { start: 10, end: 19 }],
    ['bytes=90-200', { start: 90, end: 99 }],
    ['bytes=-10', { start: 90, end: 99 }],
    ['bytes=-500', { start: 0, end: 99 }],
    ['bytes=100-', 'unsatisfiable'],
    ['bytes=-0', 'unsatisfiable'],
    ['bytes=20-10', 'whole'],
    ['bytes=0-1,5-6', 'whole'],
    ['lines=1-2', 'whole'],
    ['bytes=-', 'whole'],
    ['bytes=0-1,100-', 'whole'],
    ['bytes=100-,200-', 'unsatisfiable'],
    ['nonsense', 'whole'],
  ])('of a file of 100 bytes asked as %s is %j', (header, range) => {
    expect(parseRange(header, 100)).toEqual(range);
  });

  it('of an empty file does not exist', () => {
    expect(parseRange('bytes=0-', 0)).toBe('unsatisfiable');
    expect(parseRange(undefined, 0)).toBe('whole');
  });
});

describe('the entity tag of a download', () => {
  it('is found in the list of If-None-Match, weak or not, and in a star', () => {
    expect(namesTag('"a", W/"b"', '"b"')).toBe(true);
    expect(namesTag('*', '"b"')).toBe(true);
    expect(namesTag('"a"', '"b"')).toBe(false);
    expect(namesTag(undefined, '"b"')).toBe(false);
  });
});

describe('the name of a download', () => {
  it.each([
    ['plain.txt', 'attachment; filename=plain.txt'],
    ['über "x".pdf', `attachment; filename="?ber \\"x\\".pdf"; filename*=UTF-8''%C3%BCber%20%22x%22.pdf`],
    ['50%20.txt', `attachment; filename=50%20.txt; filename*=UTF-8''50%2520.txt`],
  ])('%s is told to old and new clients', (name, header) => {
    expect(contentDisposition('attachment', name)).toBe(header);
  });

  it.each(['a\r\nSet-Cookie: x', 'a\u0000b', 'a"; filename="b.html', '\ud800'])('%j breaks no header', (name) => {
    const header = contentDisposition('inline', name);
    expect(header).toMatch(/^inline; [\x20-\x7e]+$/);
    const exact = parse(header).parameters['filename'];
    expect(exact).toBe(name.toWellFormed());
  });
});
