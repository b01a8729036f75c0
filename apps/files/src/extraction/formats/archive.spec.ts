import { aDocx, aParagraph, aPlacedPdf, aZip } from '../../../test/documents.ts';
import { refusalOf, textOf } from '../../../test/reading.ts';

describe('an archive', () => {
  it('is listed, and its files are read', async () => {
    const text = await textOf(
      'a.zip',
      aZip([
        { name: 'notes/a.txt', bytes: 'The key hangs here.' },
        { name: 'b.docx', bytes: aDocx(aParagraph('In Word.')) },
      ]),
    );
    expect(text).toContain('notes/a.txt\nb.docx');
    expect(text).toContain('The key hangs here.');
    expect(text).toContain('In Word.');
  });

  it('is one although the PDF in it is not packed, and so stands near its beginning', async () => {
    const pdf = await aPlacedPdf([['The keeper is Ingrid.', 50, 700]]);
    const text = await textOf('a.zip', aZip([{ name: 'keeper.pdf', bytes: pdf, stored: true }]));
    expect(text).toContain('keeper.pdf');
    expect(text).toContain('The keeper is Ingrid.');
  });

  it('in archives is opened so far and no further', async () => {
    const packed = (levels: number, bytes: Buffer): Buffer =>
      levels === 0 ? bytes : packed(levels - 1, aZip([{ name: `${levels}.zip`, bytes }]));
    const inner = aZip([{ name: 'a.txt', bytes: 'Deep.' }]);
    expect(await textOf('a.zip', packed(1, inner))).toContain('Deep.');
    expect(await refusalOf('a.zip', packed(6, inner))).toBe('failed');
  });

  it('does not lose the others to one file that is damaged', async () => {
    const text = await textOf(
      'a.zip',
      aZip([
        { name: 'a.docx', bytes: aDocx(aParagraph('x')).subarray(0, 500) },
        { name: 'b.txt', bytes: 'Still here.' },
      ]),
    );
    expect(text).toContain('Still here.');
  });

  it.each([
    ['7-Zip', '377abcaf271c0004'],
    ['RAR', '526172211a070100'],
  ])('of %s whose list of files is damaged says so', async (_name, signature) => {
    const rest = Buffer.from(Array.from({ length: 2000 }, (_, i) => (i * 7919 + (i >> 3)) % 256));
    expect(await refusalOf('a', Buffer.concat([Buffer.from(signature, 'hex'), rest]))).toBe('failed');
  });
});
