import { aZip } from '../../test/documents.ts';
import { detectType, SNIFF_BYTES } from './detect.ts';
import { textKind } from './text-kind.ts';

describe('the kind of a text', () => {
  it.each([
    ['<!DOCTYPE html><html>', 'a.txt', 'html'],
    ['<?xml version="1.0"?>\n<html xmlns="http://www.w3.org/1999/xhtml">', 'a.txt', 'html'],
    ['<!-- a --> <!--> b --><p>', 'a.txt', 'html'],
    ['<!-- a --> words', 'a.txt', 'text'],
    ['<!-- <p>', 'a.txt', 'text'],
    ['{"a": 1}', 'a.txt', 'json'],
    ['[not json', 'a.json', 'text'],
    ['a,b\n1,2\n', 'a.csv', 'csv'],
    ['a\tb\n1\t2\n3\t4\n', '', 'tsv'],
    ['a,b,c\n1,2,3\n4,5,6\n7,8,9\n', '', 'csv'],
    ['# One\n\n- two\n- three\n', '', 'markdown'],
    ['- one\n\n[two](http://x.org/a_(b)) [[three](/c)\n', '', 'markdown'],
    ['# One\n\n- two\n', 'a.txt', 'text'],
    ['plain words, nothing else', 'a.md', 'markdown'],
    ['plain words, nothing else', 'a.pdf', 'text'],
  ])('%j named %j is %s', (text, name, kind) => {
    expect(textKind(text, name)).toBe(kind);
  });
});

describe('the type of a file made to be hard to tell', () => {
  const full = (...parts: [unit: string, times?: number][]) =>
    parts.map(([unit, times]) => unit.repeat(times ?? Math.floor((SNIFF_BYTES - 5000) / unit.length))).join('');

  // An honest file takes milliseconds; what these once took was seconds, or for ever.
  it.each([
    ['comments before nothing', full(['<!---->'], ['x', 1])],
    ['comments with blanks between', full(['<!-- --> \n'], ['x', 1])],
    ['comments that never end', full(['<!--'])],
    ['a declaration that never ends', full(['<?xml '])],
    ['links that are never closed', full(['a', 1], ['['])],
    ['targets that are never closed', full(['[a]('])],
    ['marks of all kinds', full(['**a _b `c |'])],
    ['a charset behind many blanks', full(['<meta', 38], ['charset=', 1], [' ', 3890], ['x', 1])],
    ['an encoding behind many blanks', full(['<?xml ', 1], ['encoding= ', 19], [' ', 3890], ['x', 1])],
    ['headers without an end', full(['a-'])],
    ['quotes of a table', full(['"a,'])],
    ['brackets of JSON', full(['[{'])],
  ])('is told at once: %s', async (_what, text) => {
    const before = performance.now();
    await detectType(Buffer.from(text), '');
    expect(performance.now() - before).toBeLessThan(1000);
  });

  it.each(['II*\0', 'MM\0*'])('is that of a picture whose description stands behind its points: %j', async (mark) => {
    const picture = Buffer.concat([Buffer.from(`${mark}\0\x0f\x0f\0`, 'latin1'), Buffer.alloc(SNIFF_BYTES, 0x81)]);
    expect(await detectType(picture, 'scan.tif')).toEqual({ kind: 'image', contentType: 'image/tiff' });
  });

  it('is told by its signature though all that follows looks like letters', async () => {
    const archive = aZip([{ name: 'a.bin', bytes: Buffer.alloc(60_000, 0xc4), stored: true }]);
    expect(await detectType(archive, 'a.zip')).toMatchObject({ kind: 'archive' });
  });
});
