import { aDocx, aParagraph, aZip } from '../../../test/documents.ts';
import { aDrawnPdf } from '../../../test/drawn-pdf.ts';
import { aDoc, anOpenDocument, anXlsx, aTnef, odfTable } from '../../../test/office.ts';
import { read, refusalOf, textOf } from '../../../test/reading.ts';

const DAMAGED = 'The file is damaged: parts of it could not be read.';

/** An archive of one file whose bytes changed after it was packed. */
function aChangedZip(name: string, text: string): Buffer {
  const bytes = aZip([{ name, bytes: text, stored: true }]);
  bytes.write('HIGH', bytes.indexOf('high'));
  return bytes;
}

describe('a damaged document', () => {
  it('keeps its text when a part of its package is not what was packed, and says that it is damaged', async () => {
    const bytes = aChangedZip('word/document.xml', `<w:document>${aParagraph('The tower is high.')}</w:document>`);
    expect(await read('a.docx', bytes)).toMatchObject({ text: 'The tower is HIGH.', missing: DAMAGED });
  });

  it.each([
    ['Word', 'a.docx', aDocx(`${aParagraph('The tower is high.')}<w:p><w:r>`)],
    ['OpenDocument', 'a.ods', anOpenDocument('spreadsheet', `${odfTable([['The tower is high.']])}<table:table>`)],
  ])('of %s whose text ends in the middle is not ready', async (_what, name, bytes) => {
    const { text, missing } = await read(name, bytes);
    expect(text).toContain('The tower is high.');
    expect(missing).toBe(DAMAGED);
  });

  it('keeps what stands behind properties of no paragraph in Word', async () => {
    expect(await textOf('a.docx', aDocx(`<w:pPr></w:pPr>${aParagraph('The tower is high.')}`))).toBe('The tower is high.');
  });

  it('keeps its text when the numbers of its lists are damaged', async () => {
    const numbering = { name: 'word/numbering.xml', bytes: '<w:numbering><w:abstractNumId w:val="1"/></w:numbering>' };
    expect(await textOf('a.docx', aDocx(aParagraph('The tower is high.'), [numbering]))).toBe('The tower is high.');
  });

  it('says so when a sheet of the workbook is gone', async () => {
    const book = anXlsx({ Boats: [['Aurora']], Crew: [['Ann']] });
    const { text, missing } = await read('a.xlsx', Buffer.from(book.toString('latin1').replaceAll('sheet1.xml', 'sheetX.xml'), 'latin1'));
    expect(text).toContain('Aurora');
    expect(missing).toBe(DAMAGED);
  });

  it.each([
    ['a first place', 2],
    ['itself', 0],
  ])('fails when its container leads from its last sector back to %s', async (_what, next) => {
    const bytes = aDoc('The tower is high. '.repeat(500));
    const table = 512 * (1 + bytes.readUInt32LE(76));
    bytes.writeUInt32LE(2, table + 4 * next);
    bytes.writeUInt32LE(next, table + 8);
    expect(await refusalOf('a.doc', bytes)).toBe('failed');
  });

  it('fails at once when a message claims more values than it has bytes', async () => {
    const bytes = aTnef({ subject: 'Key', rtf: '{\\rtf1 It hangs here.}', file: { name: 'a.txt', text: 'x' } });
    const at = bytes.indexOf(Buffer.from('02010910', 'hex'));
    // Of the type "several numbers", four thousand million of them.
    bytes.writeUInt16LE(0x1003, at);
    bytes.writeUInt32LE(0xffffffff, at + 4);
    const began = performance.now();
    expect(await refusalOf('winmail.dat', bytes)).toBe('failed');
    expect(performance.now() - began).toBeLessThan(1000);
  });

  it('in rich text ends where its first group does', async () => {
    expect(await textOf('a.rtf', `{\\rtf1 The tower is high.}${'\u0003x\\f9 y '.repeat(50)}`)).toBe('The tower is high.');
  });

  it('of rich text without its beginning is not told with its marks', async () => {
    expect(await refusalOf('a.rtf', '\\pard\\plain\\f1\\fs20 The tower\\par \\pard\\f1 is high.\\par}')).toBe('failed');
    expect(await refusalOf('a.rtf', 'Only words, in a file with the wrong name.')).toBe('ready');
  });

  it('of the web without its beginning is told without its marks', async () => {
    expect(await textOf('a.html', 'class="x">The <b>tower</b> is high.</p><p>It is old.</p>')).toBe(
      'class="x">The tower is high.\n\nIt is old.',
    );
  });

  it.each([
    ['font is not where the page looks for it', '/F 4 0 R', '/F 9 0 R'],
    ['commands are none', ' Tm <22> Tj', ' Tm#<22>#Tj'],
  ])('is not ready when it is a PDF whose %s', async (_what, whole, damaged) => {
    const pdf = aDrawnPdf([
      ['The', 60, 15],
      ['tower', 80, 25],
    ]).toString('latin1');
    expect(await read('a.pdf', Buffer.from(pdf, 'latin1'))).toMatchObject({ text: 'The tower', missing: undefined });
    expect((await read('a.pdf', Buffer.from(pdf.replace(whole, damaged), 'latin1'))).missing).toBe(DAMAGED);
  });

  it('leaves out an attachment whose bytes came out as text of the message', async () => {
    const lines = `${'QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWZnaGlqa2xtbm9wcXJz\n'.repeat(9)}QUJD\n`;
    const head = 'From: a@x.example\nTo: b@x.example\nSubject: Key\n\n';
    const { text, missing } = await read('a.eml', `${head}It hangs here.\n${lines}Yours, Ann`);
    expect(text).toMatch(/It hangs here\.\s+Yours, Ann$/);
    expect(missing).toContain('attached');
    expect(await textOf('b.eml', `Content-Type: image/png\nContent-Transfer-Encoding: 7bit\nx\n${lines}`)).not.toContain('QUJD');
  });

  it('keeps an archive whose file is damaged, and says so', async () => {
    const { text, missing } = await read('a.zip', aChangedZip('a.txt', 'The tower is high.'));
    expect(text).toContain('The tower is HIGH.');
    expect(missing).toBe(DAMAGED);
  });
});
