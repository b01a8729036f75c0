import { contentDisposition } from './disposition.ts';
import { namesTag, parseRange } from './range.ts';

describe('a range', () => {
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
  ])('of a file of 100 bytes asked as %s is %j', (header, range) => {
    expect(parseRange(header, 100)).toEqual(range);
  });

  it('of an empty file does not exist', () => {
    expect(parseRange('bytes=0-', 0)).toBe('unsatisfiable');
    expect(parseRange(undefined, 0)).toBe('whole');
  });
});

describe('an entity tag', () => {
  it('is found in a list, weak or not, and in a star', () => {
    expect(namesTag('"a", W/"b"', '"b"')).toBe(true);
    expect(namesTag('*', '"b"')).toBe(true);
    expect(namesTag('"a"', '"b"')).toBe(false);
    expect(namesTag(undefined, '"b"')).toBe(false);
  });
});

describe('the name of a download', () => {
  it('is told to old and new clients, and breaks no header', () => {
    expect(contentDisposition('attachment', 'über "x".pdf')).toBe(
      `attachment; filename="_ber _x_.pdf"; filename*=UTF-8''%C3%BCber%20%22x%22.pdf`,
    );
    expect(contentDisposition('inline', 'a\r\nSet-Cookie: x')).not.toMatch(/[\r\n]/);
    expect(contentDisposition('attachment', '\ud800')).toContain("filename*=UTF-8''%EF%BF%BD");
  });
});
