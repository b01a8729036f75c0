import iconv from 'iconv-lite';
import { aZip } from '../../test/documents.ts';
import { aListedDoc } from '../../test/listed-doc.ts';
import { aDoc, anOldWordStream, anOle, anOpenDocument, aPptStreams, aPpt, aPptx } from '../../test/office.ts';
import { read, refusalOf, textOf } from '../../test/reading.ts';
import { withRows } from './formats/word-rows.ts';

const VODKA = 'Четыре балла, ёлка';

describe('a .doc of Word', () => {
  it.each([
    ['the fonts say', 'windows-1251', { fonts: [0, 2, 204] }],
    ['the language says', 'windows-1251', { language: 0x419 }],
    ['the language chooses among those of the fonts', 'windows-1251', { language: 0x419, fonts: [161, 204] }],
    ['a Macintosh wrote', 'macintosh', { isMac: true }],
    ['nobody says', 'windows-1252', {}],
  ])('before 97 has the letters of the character set that %s', async (_who, set, options) => {
    const text = set === 'windows-1251' ? VODKA : 'l’été à Norwick';
    const bytes = anOle({ '/WordDocument': anOldWordStream(iconv.encode(text, set), options) });
    expect(await textOf('a.doc', bytes)).toBe(text);
  });

  it('of version 2, which has no container, is read', async () => {
    expect(await textOf('a.doc', anOldWordStream(Buffer.from('The keeper is Ingrid.\rShe lives here.'), { nFib: 45 }))).toBe(
      'The keeper is Ingrid.\n\nShe lives here.',
    );
  });

  it('before 97 has its tables row by row, with their empty cells', async () => {
    const cells = 'Boats:\rBoat#Built#Crew##Aurora#1962###Brise##4##Comet#2001#3##The end.\r'.replaceAll('#', '\u0007');
    const text = await textOf('a.doc', anOle({ '/WordDocument': anOldWordStream(Buffer.from(cells, 'latin1')) }));
    expect(text).toContain('Boat: Aurora; Built: 1962\nBoat: Brise; Crew: 4\nBoat: Comet; Built: 2001; Crew: 3');
    expect(text).toMatch(/The end\.$/);
  });

  it('of 97 and later has the numbers of its lists as they are shown', async () => {
    const decimal = { format: 0, text: '\0.' };
    const paragraphs = [
      { text: 'Duties' },
      { text: 'of the tenant', level: 0 },
      { text: 'pays', level: 1 },
      { text: 'cleans', level: 1 },
      { text: '', level: 1 },
      { text: 'with a broom', level: 2 },
      { text: 'of the owner', level: 0 },
      { text: 'repairs', level: 1 },
    ];
    const levels = [decimal, { format: 4, text: '\0.\u0001)', start: 3 }, { format: 23, text: '\uf0b7' }];
    expect((await textOf('a.doc', aListedDoc(paragraphs, levels))).split(/\n+/)).toEqual([
      'Duties',
      '1. of the tenant',
      '1.c) pays',
      '1.d) cleans',
      '- with a broom',
      '2. of the owner',
      '2.c) repairs',
    ]);
  });

  it('has its text when the lists in it are damaged', async () => {
    const bytes = aListedDoc([{ text: 'The keeper', level: 0 }], [{ format: 0, text: '\0.' }]);
    // Where the number of the first list and of its use stands.
    for (let at = bytes.indexOf(Buffer.from([77, 0, 0, 0])); at >= 0; at = bytes.indexOf(Buffer.from([77, 0, 0, 0]), at + 1))
      bytes[at - 1] = 255;
    expect(await textOf('a.doc', bytes)).toContain('The keeper');
  });

  it('keeps quotes and dashes as they are written, and no hyphen that would only show at the end of a line', async () => {
    expect(await textOf('a.doc', aDoc('The “keep\u001fer” – it’s Ingrid\r'))).toBe('The “keeper” – it’s Ingrid');
  });

  it.each([
    [
      'rows with the names of their columns',
      'Boats\nBoat\tBuilt\t\nAurora\t1962\t\nBrise\t1988\t\nThe end',
      ['Boat: Aurora; Built: 1962', 'Boat: Brise; Built: 1988'],
    ],
    [
      'cells of several paragraphs',
      'Boat\tBuilt\tNote\t\nAurora\t1962\tbig\t\nBrise\t1988\tsmall\nand old\t\nComet\t2001\tnew\t\n',
      ['Boat: Brise; Built: 1988; Note: small and old', 'Boat: Comet; Built: 2001; Note: new'],
    ],
    ['lines with tabulators that are no rows', 'To:\tIngrid\nFrom:\tOlav\n', ['To:\tIngrid\n\n', 'From:\tOlav\n\n']],
  ])('is read with %s', (_what, text, pieces) => {
    for (const piece of pieces) expect(withRows(text)).toContain(piece);
  });
});

describe('a container of old Office', () => {
  it('is what stands at its top, whatever documents are in it', async () => {
    const { '/PowerPoint Document': stream, '/Current User': user } = aPptStreams([{ title: 'Plan', box: 'one' }]);
    const bytes = anOle({
      '/PowerPoint Document': stream,
      '/Current User': user,
      '/MBD1/WordDocument': anOldWordStream(Buffer.from('inside')),
    });
    expect(await textOf('a', bytes)).toBe('Plan\n\none');
  });

  it('of PowerPoint 95 and 97 at once is read as of 97', async () => {
    const streams = aPptStreams([{ title: 'Plan', box: 'one' }]);
    const inside = Object.entries(streams).map(([name, bytes]) => [`/PP97_DUALSTORAGE${name}`, bytes]);
    const bytes = anOle({ '/PowerPoint Document': Buffer.alloc(64), ...Object.fromEntries(inside) });
    expect(await textOf('a.ppt', bytes)).toBe('Plan\n\none');
  });

  it('of PowerPoint 95 is read by the text that stands beside its slides', async () => {
    const bytes = anOle({ '/PowerPoint Document': Buffer.alloc(64), '/Text_Content': Buffer.from('Plan\r\rone', 'latin1') });
    expect(await textOf('a.ppt', bytes)).toBe('Plan\n\none');
    expect(await refusalOf('a.ppt', anOle({ '/PowerPoint Document': Buffer.alloc(64) }))).toBe('failed');
  });

  it('of PowerPoint tells who said what of a slide', async () => {
    expect(await textOf('a.ppt', aPpt([{ title: 'Plan', box: 'one', comment: ['Ingrid', 'Too long.'] }]))).toBe(
      'Plan\n\none\n\nIngrid: Too long.',
    );
  });
});

describe('a package of Office', () => {
  it('is read although other programs hung something on behind it', async () => {
    const bytes = Buffer.concat([aPptx([{ title: 'Plan', body: 'one' }]), Buffer.from('\n'.repeat(3))]);
    expect(await textOf('a.pptx', bytes)).toBe('Plan\n\none');
    expect((await read('a.zip', Buffer.concat([aZip([{ name: 'a.txt', bytes: 'Ingrid.' }]), Buffer.alloc(99)]))).text).toContain('Ingrid.');
  });
});

describe('numbers of OpenDocument', () => {
  const styles =
    '<text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/>' +
    '<text:list-level-style-number text:level="2" style:num-format="a" style:num-suffix=")" text:display-levels="2"/></text:list-style>';
  const item = (text: string, inner = '') => `<text:list-item><text:p>${text}</text:p>${inner}</text:list-item>`;

  it('stand before the items of its lists, level by level', async () => {
    const list = `<text:list text:style-name="L">${item('One', `<text:list>${item('First')}${item('Second')}</text:list>`)}${item('Two')}</text:list>`;
    const more = `<text:list text:continue-numbering="true" text:style-name="L">${item('Three')}</text:list><text:list>${item('plain')}</text:list>`;
    expect(await textOf('a.odt', anOpenDocument('text', list + more, styles))).toBe(
      '1. One\n\n1.a) First\n\n1.b) Second\n\n2. Two\n\n3. Three\n\n- plain',
    );
  });

  it('stand before its headings', async () => {
    const outline = '<text:outline-style><text:outline-level-style text:level="1" style:num-format="I"/></text:outline-style>';
    const body = ['Boats', 'Piers'].map((title) => `<text:h text:outline-level="1">${title}</text:h>`).join('');
    expect(await textOf('a.odt', anOpenDocument('text', body, outline))).toBe('I Boats\n\nII Piers');
  });
});

describe('a container of Microsoft', () => {
  it('of a program we do not know is called so', async () => {
    expect(await refusalOf('a.bin', anOle({ '/Other': Buffer.alloc(5000) }))).toBe('unsupported');
  });
});
