import { fileOf, streamOf } from '../../../test/drawn-pdf.ts';
import { PdfScans } from './pdf-scans.ts';
import { pdfiumDocument } from './pdfium.ts';

/** A PDF of one page with an empty picture, one like it, and one with nothing on it. */
const pictures = fileOf([
  '<</Type/Catalog/Pages 2 0 R>>',
  '<</Type/Pages/Kids[3 0 R 4 0 R 5 0 R]/Count 3>>',
  ...[1, 2].map(() => '<</Type/Page/Parent 2 0 R/MediaBox[0 0 90 90]/Resources<</XObject<</I 6 0 R>>>>/Contents 7 0 R>>'),
  '<</Type/Page/Parent 2 0 R/MediaBox[0 0 90 90]>>',
  streamOf('\u00ff\u00ff', '/Type/XObject/Subtype/Image/Width 2/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray'),
  streamOf('90 0 0 90 0 0 cm /I Do'),
]);

describe('pages that are pictures', () => {
  it('are looked at as long as pictures without text have not taken too long', async () => {
    const scans = new PdfScans(pdfiumDocument(pictures), 1000);
    expect([await scans.text(1), await scans.text(2), await scans.text(3)]).toEqual(['', '', '']);
  });

  it('are said not to be looked at once they have', async () => {
    const scans = new PdfScans(pdfiumDocument(pictures), 0.001);
    expect([await scans.text(1), await scans.text(2), await scans.text(3)]).toEqual(['', null, '']);
  });
});
