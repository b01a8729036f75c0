import { aDocx, aParagraph, aPdf, aPlacedPdf, aWordTable, aZip } from '../../test/documents.ts';
import { aDoc, aMsg, anEpub, anOle, anOpenDocument, anXlsx, aPpt, aPptx, aWorkbook, odfTable, relations } from '../../test/office.ts';
import { read, refusalOf, textOf } from '../../test/reading.ts';

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
});

describe('a spreadsheet', () => {
  it.each([
    ['XLSX', anXlsx({ Fleet: FLEET })],
    ['XLS', aWorkbook({ Fleet: FLEET }, 'biff8')],
    ['XLS of 1995', aWorkbook({ Fleet: FLEET }, 'biff5')],
    ['XLSB', aWorkbook({ Fleet: FLEET }, 'xlsb')],
    ['ODS', anOpenDocument('spreadsheet', odfTable(FLEET, 'Fleet'))],
  ])('has the name of each sheet and its rows: %s', async (_format, bytes) => {
    expect(await textOf('a', bytes)).toBe(`Fleet\n\nBoat | Built\n\n${BRISE}`);
  });

  it('is read without hidden sheets, a page for each other', async () => {
    const { pages } = await read('a.xlsx', anXlsx({ One: FLEET, Secret: [['gone']], Two: FLEET }, { hidden: ['Secret'] }));
    expect(pages.map((page) => page.split('\n')[0])).toEqual(['One', 'Two']);
  });

  it('shows numbers as they are written', async () => {
    expect(
      await textOf(
        'a.xlsx',
        anXlsx({
          S: [
            ['id', 'n'],
            ['9007199254740993', '0.1'],
          ],
        }),
      ),
    ).toContain('id: 9007199254740993; n: 0.1');
  });

  it('does not fill what is said to repeat a million times', async () => {
    const body = `<table:table table:name="S"><table:table-row table:number-rows-repeated="1048576"><table:table-cell table:number-columns-repeated="16384"/></table:table-row><table:table-row><table:table-cell><text:p>Here.</text:p></table:table-cell></table:table-row></table:table>`;
    expect(await textOf('a.ods', anOpenDocument('spreadsheet', body))).toBe('S\n\nHere.');
  });
});

describe('a presentation', () => {
  it('has a page for each slide, its title first and its notes last', async () => {
    const { pages } = await read(
      'a.pptx',
      aPptx([
        { title: 'Plan', body: 'one\ntwo', notes: 'Speak slowly.' },
        { title: 'End', body: 'three' },
      ]),
    );
    expect(pages).toEqual(['Plan\n\none\ntwo\n\nSpeak slowly.', 'End\n\nthree']);
  });

  it('of old has a page for each slide', async () => {
    const { pages } = await read(
      'a.ppt',
      aPpt([
        { title: 'Plan', box: 'one' },
        { title: 'Schluß', box: 'two' },
      ]),
    );
    expect(pages).toEqual(['Plan\n\none', 'Schluß\n\ntwo']);
  });

  it('of OpenDocument has a page for each slide', async () => {
    const page = (name: string, text: string) => `<draw:page draw:name="${name}"><text:p>${text}</text:p></draw:page>`;
    const { pages } = await read('a.odp', anOpenDocument('presentation', page('page1', 'One') + page('page2', 'Two')));
    expect(pages).toEqual(['One', 'Two']);
  });
});

describe('a text of OpenDocument', () => {
  it('is read with its lists, notes and tables, without what is hidden or deleted', async () => {
    const hidden = '<style:style style:name="H"><style:text-properties text:display="none"/></style:style>';
    const body = `<text:tracked-changes><text:p>deleted</text:p></text:tracked-changes><text:h>Port</text:h><text:p>One<text:s text:c="2"/>two<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>A note.</text:p></text:note-body></text:note></text:p>
      <text:p text:style-name="H">hidden</text:p><text:list><text:list-item><text:p>item</text:p></text:list-item></text:list>${odfTable([...FLEET, ['Aurora', '1962']])}`;
    const text = await textOf('a.odt', anOpenDocument('text', body, hidden));
    expect(text).toContain('Port\n\nOne two (A note. )');
    expect(text).toContain('- item');
    expect(text).toContain(BRISE);
    expect(text).not.toMatch(/hidden|deleted/);
  });

  it('says when it is protected', async () => {
    const manifest =
      '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:encryption-data/></manifest:manifest>';
    const bytes = aZip([
      { name: 'mimetype', bytes: 'application/vnd.oasis.opendocument.text', stored: true },
      { name: 'content.xml', bytes: 'x' },
      { name: 'META-INF/manifest.xml', bytes: manifest },
    ]);
    expect(await refusalOf('a.odt', bytes)).toBe('encrypted');
  });
});

describe('rich text', () => {
  it('is read in the sets of its fonts, with tables, without what is hidden', async () => {
    const source = String.raw`{\rtf1\ansi\ansicpg1252{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset204 Arial;}{\f2\fcharset128 MS;}}{\info{\title no}}{\*\generator no}
\f0 Gr\'fc\'dfe {\v hidden}\par {\f1\'cf\'f0\'e8\'e2\'e5\'f2}\par {\f2\'93\'8c\'8b\'9e}\par \u8364?5\par
\trowd\cellx1\cellx2\intbl Boat\cell Built\cell\row\intbl Brise\cell 1988\cell\row\pard after\par}`;
    const text = await textOf('a.rtf', Buffer.from(source, 'latin1'));
    expect(text).toContain('Grüße');
    expect(text).toContain('Привет\n\n東京\n\n€5');
    expect(text).toContain(BRISE);
    expect(text).not.toMatch(/hidden|no\b|Arial/);
  });
});

describe('a table of rich text', () => {
  it('is told by its rows where nothing else says that it is one', async () => {
    const row = (...cells: string[]) =>
      String.raw`\trowd\cellx1000\cellx2000 ${cells.map((cell) => String.raw`${cell}\cell`).join(' ')}\row `;
    const source = String.raw`{\rtf1\ansi Before\par ${row('Boat', 'Built')}${row('Aurora', '1962')}${row('Brise', '1988')}After\par}`;
    expect(await textOf('a.rtf', source)).toBe('Before\n\nBoat | Built\n\nBoat: Aurora; Built: 1962\nBoat: Brise; Built: 1988\n\nAfter');
  });
});

describe('an e-book', () => {
  it('has its title and its chapters in order', async () => {
    const { pages } = await read('a.epub', anEpub('The tower', ['<h1>One</h1><p>It stands.</p>', '<p>It fell.</p>']));
    expect(pages).toEqual(['The tower', 'One\n\nIt stands.', 'It fell.']);
  });
});

describe('an e-mail', () => {
  const mail = [
    'From: Ingrid =?utf-8?q?L=C3=BCnd?= <ingrid@norwick.example>',
    'To: Olav <olav@norwick.example>',
    'Subject: The key',
    'Date: Mon, 2 Mar 2026 09:00:00 +0100',
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary="b"',
    '',
    '--b',
    'Content-Type: text/plain; charset=iso-8859-1',
    'Content-Transfer-Encoding: quoted-printable',
    '',
    'It hangs in the h=FCtte.',
    '--b',
    'Content-Type: text/csv; name="fleet.csv"',
    'Content-Disposition: attachment; filename="fleet.csv"',
    'Content-Transfer-Encoding: base64',
    '',
    Buffer.from('Boat,Built\nBrise,1988\n').toString('base64'),
    '--b--',
    '',
  ].join('\r\n');

  it('says who wrote to whom, and is read with its attachments', async () => {
    const text = await textOf('a.eml', mail);
    expect(text).toContain('From: Ingrid Lünd <ingrid@norwick.example>\nTo: Olav <olav@norwick.example>');
    expect(text).toContain('Subject: The key\n\nIt hangs in the hütte.');
    expect(text).toContain(`fleet.csv\n\nBoat | Built\n\n${BRISE}`);
  });

  it('of a mailbox is a page of its own', async () => {
    const { pages } = await read(
      'a.mbox',
      ['one', 'two']
        .map((word) => `From ann@x.example Mon Mar  2 09:00:00 2026\nFrom: Ann <ann@x.example>\nSubject: ${word}\n\nThe ${word} text.\n\n`)
        .join(''),
    );
    expect(pages).toEqual([
      'From: Ann <ann@x.example>\nSubject: one\n\nThe one text.',
      'From: Ann <ann@x.example>\nSubject: two\n\nThe two text.',
    ]);
  });

  it('is read as Outlook saves it', async () => {
    expect(await textOf('a.msg', aMsg({ subject: 'The key', body: 'It hangs in the hut.', sender: 'Ingrid' }))).toBe(
      'From: Ingrid\nSubject: The key\n\nIt hangs in the hut.',
    );
  });
});

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
});

describe('a PDF', () => {
  it('keeps the hyphens of words and joins those that are broken', async () => {
    const lines = [
      'The gathering takes place in the twenty-',
      'five year old house. It is a state-of-the-',
      'art building with a well-',
      'known roof and a good har-',
      'bour view for visitors.',
    ];
    const bytes = await aPlacedPdf(lines.map((line, i) => [line, 50, 700 - i * 14]));
    expect(await textOf('a.pdf', bytes)).toBe(
      'The gathering takes place in the twenty-five year old house. It is a state-of-the-art building with a well-known roof and a good harbour view for visitors.',
    );
  });

  it('joins a number with the word that its hyphen leads to', async () => {
    const bytes = await aPlacedPdf([
      ['The customs house by the sea is a 125-', 50, 700],
      ['year-old building.', 50, 686],
    ]);
    expect(await textOf('a.pdf', bytes)).toBe('The customs house by the sea is a 125-year-old building.');
  });

  it.each(['1.', '(a)', '•'])('has the items of a list in lines of their own, with their marks: %s', async (mark) => {
    const items = ['Bring the lamp oil to the tower', 'Clean the glass with a soft cloth', 'Write the time into the log book'];
    for (const gap of [17, 22, 30]) {
      const bytes = await aPlacedPdf(
        items.flatMap((item, i): [string, number, number][] => [
          [mark, 50, 700 - i * 14],
          [item, 50 + gap, 700 - i * 14],
        ]),
      );
      expect(await textOf('a.pdf', bytes)).toBe(items.map((item) => `${mark} ${item}`).join('\n'));
    }
  });

  it.each([
    ['SAFETY RULES', 20, 'SAFETY RULES'],
    ['Bericht', 14, 'Bericht'],
    ['ABCDE', 14, 'A B C D E'],
  ])('has words whose letters are set apart as words: %s', async (heading, step, shown) => {
    const letters = [...heading].flatMap((letter, i): [string, number, number][] => (letter === ' ' ? [] : [[letter, 50 + i * step, 700]]));
    expect(await textOf('a.pdf', await aPlacedPdf([...letters, ['Wear a vest on the pier.', 50, 670]]))).toMatch(
      new RegExp(`^${shown}\\s`),
    );
  });

  it('tells text once that is drawn twice', async () => {
    const bytes = await aPlacedPdf([
      ['Bold heading', 50, 700],
      ['Bold heading', 50.4, 700],
    ]);
    expect(await textOf('a.pdf', bytes)).toBe('Bold heading');
  });

  it('reads on from one page to the next', async () => {
    expect((await read('a.pdf', await aPdf(['One.', '', 'Three.']))).pages).toEqual(['One.', '', 'Three.']);
  });
});

describe('a container of Microsoft', () => {
  it('of a program we do not know is called so', async () => {
    expect(await refusalOf('a.bin', anOle({ '/Other': Buffer.alloc(5000) }))).toBe('unsupported');
  });

  it('with tables of Word among text is read', async () => {
    expect(
      await textOf('a.docx', aDocx(aParagraph('Before') + aWordTable([...FLEET, ['Aurora', '1962']]) + aParagraph('after'))),
    ).toContain(BRISE);
  });
});

describe('an office document in one XML file', () => {
  it('is read without its tags: OpenDocument', async () => {
    const names = ['office', 'text'].map((name) => `xmlns:${name}="urn:oasis:names:tc:opendocument:xmlns:${name}:1.0"`).join(' ');
    const body = '<office:body><office:text><text:p>The keeper is <text:span>Ingrid</text:span>.</text:p></office:text></office:body>';
    const meta = '<office:meta><x>not on the page</x></office:meta>';
    expect(await textOf('a.fodt', `<?xml version="1.0"?><office:document ${names}>${meta}${body}</office:document>`)).toBe(
      'The keeper is Ingrid.',
    );
  });

  it('is read without its tags: Word', async () => {
    const source = `<?xml version="1.0"?><w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml"><w:body>${aParagraph('Ingrid.')}</w:body></w:wordDocument>`;
    expect(await textOf('a.xml', source)).toBe('Ingrid.');
  });
});
