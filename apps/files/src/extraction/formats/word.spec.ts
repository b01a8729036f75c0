import { aDocx, aParagraph, aWordTable, aZip } from '../../../test/documents.ts';
import { aDoc, relations } from '../../../test/office.ts';
import { refusalOf, textOf } from '../../../test/reading.ts';

const FLEET = [
  ['Boat', 'Built'],
  ['Brise', '1988'],
];
const BRISE = 'Boat: Brise; Built: 1988';

describe('Word', () => {
  const numbering = `<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:abstractNum w:abstractNumId="0">
    <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/></w:lvl>
    <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2"/></w:lvl></w:abstractNum>
    <w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>`;
  const numbered = (level: number, text: string) =>
    `<w:p><w:pPr><w:numPr><w:ilvl w:val="${level}"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>${text}</w:t></w:r></w:p>`;

  it('shows the numbers that stand nowhere in its text', async () => {
    const body = [numbered(0, 'Tenant'), numbered(1, 'Pays.'), numbered(1, 'Cleans.'), numbered(0, 'Owner'), numbered(1, 'Repairs.')].join(
      '',
    );
    const text = await textOf('a.docx', aDocx(body, [{ name: 'word/numbering.xml', bytes: numbering }]));
    expect(text).toBe('I. Tenant\n\nI.1 Pays.\n\nI.2 Cleans.\n\nII. Owner\n\nII.1 Repairs.');
  });

  it('joins a large first letter with its word', async () => {
    const first = '<w:p><w:pPr><w:framePr w:dropCap="drop" w:lines="3"/></w:pPr><w:r><w:t>T</w:t></w:r></w:p>';
    expect(await textOf('a.docx', aDocx(`${first}${aParagraph('he keeper is Ingrid.')}`))).toBe('The keeper is Ingrid.');
  });

  it('reads equations in their line', async () => {
    const m = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"';
    const run = (text: string) => `<m:r><m:t>${text}</m:t></m:r>`;
    const body = `<w:p><w:r><w:t>Speed is </w:t></w:r><m:oMath ${m}>${run('v=')}<m:f><m:num>${run('a+b')}</m:num><m:den>${run('t')}</m:den></m:f></m:oMath><w:r><w:t> here.</w:t></w:r></w:p>`;
    expect(await textOf('a.docx', aDocx(body))).toBe('Speed is v=(a+b)/t here.');
  });

  it.each([
    [
      'hidden',
      '<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>gone</w:t></w:r><w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>Shown.</w:t></w:r></w:p>',
    ],
    ['moved', '<w:p><w:moveFrom><w:r><w:t>gone</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>Shown.</w:t></w:r></w:moveTo></w:p>'],
    ['deleted', '<w:p><w:del><w:r><w:delText>gone</w:delText></w:r></w:del><w:ins><w:r><w:t>Shown.</w:t></w:r></w:ins></w:p>'],
    ['a code of a field', '<w:p><w:r><w:instrText> PAGE gone </w:instrText></w:r><w:r><w:t>Shown.</w:t></w:r></w:p>'],
  ])('leaves out what is %s', async (_what, body) => {
    expect(await textOf('a.docx', aDocx(body))).toBe('Shown.');
  });

  it('has what is written of a picture behind its paragraph, and the files put into it behind its text', async () => {
    const picture =
      '<w:r><w:drawing><wp:inline><wp:docPr id="1" name="Picture 1" descr="The lighthouse at dusk"/></wp:inline></w:drawing></w:r>';
    const parts = [
      { name: 'word/_rels/document.xml.rels', bytes: relations(['o', 'package', 'embeddings/note.docx']) },
      { name: 'word/embeddings/note.docx', bytes: aDocx(aParagraph('The key hangs here.')) },
    ];
    const text = await textOf('a.docx', aDocx(`<w:p><w:r><w:t>Press </w:t></w:r>${picture}<w:r><w:t>twice.</w:t></w:r></w:p>`, parts));
    expect(text).toBe('Press twice.\n\nThe lighthouse at dusk\n\nThe key hangs here.');
  });

  it('finds its parts by their relations, whatever their names', async () => {
    const w = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
    const parts = [
      { name: 'word/_rels/document.xml.rels', bytes: relations(['r1', 'footnotes', 'notes/mine.xml']) },
      { name: 'word/notes/mine.xml', bytes: `<w:footnotes ${w}>${aParagraph('The note.')}</w:footnotes>` },
      { name: 'word/footnotes.xml', bytes: `<w:footnotes ${w}>${aParagraph('A stale one.')}</w:footnotes>` },
    ];
    expect(await textOf('a.docx', aDocx(aParagraph('Body.'), parts))).toBe('Body.\n\nThe note.');
  });

  it('reads a part of another format where it stands', async () => {
    const parts = [
      { name: 'word/_rels/document.xml.rels', bytes: relations(['c', 'aFChunk', 'chunk.html']) },
      { name: 'word/chunk.html', bytes: '<html><body><p>The keeper is Ingrid.</p></body></html>' },
    ];
    const chunk = '<w:altChunk xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:id="c"/>';
    const body = aParagraph('Before.') + chunk + aParagraph('After.');
    expect(await textOf('a.docx', aDocx(body, parts))).toBe('Before.\n\nThe keeper is Ingrid.\n\nAfter.');
  });

  it.each([
    ['another prefix', (xml: string) => Buffer.from(xml.replaceAll('w:', 'x7:').replaceAll('xmlns:w', 'xmlns:x7'))],
    ['no prefix', (xml: string) => Buffer.from(xml.replaceAll('w:', '').replaceAll('xmlns:w', 'xmlns'))],
    ['UTF-16', (xml: string) => Buffer.from(`\ufeff${xml}`, 'utf16le')],
  ])('is read with %s', async (_what, write) => {
    const xml = `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${aParagraph('Ingrid.')}</w:body></w:document>`;
    const types =
      '<Types><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>';
    const bytes = aZip([
      { name: '[Content_Types].xml', bytes: types },
      { name: 'word/document.xml', bytes: write(xml) },
    ]);
    expect(await textOf('a.docx', bytes)).toBe('Ingrid.');
  });

  it('of old is read, and says when it is protected', async () => {
    expect(await textOf('a.doc', aDoc('The keeper is Ingrid.\rShe lives in Norwick.\r'))).toBe(
      'The keeper is Ingrid.\n\nShe lives in Norwick.',
    );
    expect(await refusalOf('a.doc', aDoc('x', { encrypted: true }))).toBe('encrypted');
  });

  it('is read with its tables among its text', async () => {
    expect(
      await textOf('a.docx', aDocx(aParagraph('Before') + aWordTable([...FLEET, ['Aurora', '1962']]) + aParagraph('after'))),
    ).toContain(BRISE);
  });

  it('is read without its tags where it is one XML file', async () => {
    const source = `<?xml version="1.0"?><w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml"><w:body>${aParagraph('Ingrid.')}</w:body></w:wordDocument>`;
    expect(await textOf('a.xml', source)).toBe('Ingrid.');
  });
});

describe('a table of Word', () => {
  it('has names of columns in bold where nothing says so', async () => {
    const cell = (text: string, bold = '') => `<w:tc><w:p><w:r><w:rPr>${bold}</w:rPr><w:t>${text}</w:t></w:r></w:p></w:tc>`;
    const body = `<w:tbl><w:tr>${cell('Term', '<w:b/>')}${cell('Meaning', '<w:b w:val="1"/>')}</w:tr><w:tr>${cell('Bow')}${cell('front of a boat')}</w:tr>
      <w:tr>${cell('Stern')}${cell('back of a boat', '<w:b w:val="0"/>')}</w:tr></w:tbl>`;
    expect(await textOf('a.docx', aDocx(body))).toContain('Term: Stern; Meaning: back of a boat');
  });

  it('keeps the paragraphs of a cell in one row', async () => {
    const row = (...cells: string[]) => `<w:tr>${cells.map((cell) => `<w:tc>${cell}</w:tc>`).join('')}</w:tr>`;
    const body = `<w:tbl>${row(aParagraph('Boat'), aParagraph('Crew'), aParagraph('Built'))}${row(
      aParagraph('Brise'),
      aParagraph('Anna') + aParagraph('Ben'),
      aParagraph('1988'),
    )}</w:tbl>`;
    expect(await textOf('a.docx', aDocx(body))).toContain('Boat: Brise; Crew: Anna Ben; Built: 1988');
  });
});
