import iconv from 'iconv-lite';
import { aDocx, aParagraph, aPdf, aPdfTable, aPlacedPdf, aWordTable, aZip } from './documents.ts';
import { aListedDoc } from './listed-doc.ts';
import { aMsg, anEpub, anOpenDocument, anXlsx, aPicture, aPpt, aPptx, aShape, aTnef, aWorkbook, odfTable } from './office.ts';

export type Sample = {
  format: string;
  /** Endings people know it by. */
  endings: string;
  name: string;
  bytes: Buffer | string | Promise<Buffer>;
  /** What is kept, each with the text that shows it. */
  kept: Record<string, string>;
  /** What is left out on purpose or lost. */
  lost: string;
};

const TABLE = [
  ['Boat', 'Built'],
  ['Aurora', '1962'],
  ['Brise', '1988'],
];
const ROW = 'Boat: Brise; Built: 1988';
const vanished = '<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r></w:p>';
const equation =
  '<w:p><m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"><m:r><m:t>A=l×b</m:t></m:r></m:oMath></w:p>';
const event = ['BEGIN:VEVENT', 'DTSTART:20260314', 'SUMMARY:Meeting', 'LOCATION:Pier 4', 'RRULE:FREQ=WEEKLY;BYDAY=SA', 'END:VEVENT'];
const mail = [
  'From: Ann <ann@x.example>',
  'To: Ben <ben@x.example>',
  'Subject: Key',
  'Date: Mon, 2 Mar 2026 09:00:00 +0000',
  '',
  'It hangs here.',
];

/** One small document of each format, made here. */
export const SAMPLES: Sample[] = [
  {
    format: 'PDF',
    endings: 'pdf',
    name: 'a.pdf',
    bytes: aPdfTable(TABLE),
    kept: { 'rows of tables': ROW },
    lost: 'Formulas lose their build; tables without aligned columns become lines.',
  },
  {
    format: 'PDF, running text',
    endings: 'pdf',
    name: 'a.pdf',
    bytes: aPlacedPdf([
      ['The gathering is in the twenty-', 50, 700],
      ['five year old house by the har-', 50, 686],
      ['bour.', 50, 672],
    ]),
    kept: { 'sentences across lines, hyphens that belong to words': 'the twenty-five year old house by the harbour.' },
    lost: 'Pages that are pictures are recognised in English (see Pictures).',
  },
  {
    format: 'PDF, pages',
    endings: 'pdf',
    name: 'a.pdf',
    bytes: aPdf(['One.', 'Two.']),
    kept: { 'page numbers': 'One.\n\nTwo.' },
    lost: '',
  },
  {
    format: 'Word',
    endings: 'docx, docm, dotx',
    name: 'a.docx',
    bytes: aDocx(aParagraph('Before') + vanished + equation + aWordTable([...TABLE, ['Comet', '2001']])),
    kept: { paragraphs: 'Before\n\n', equations: 'A=l×b', 'rows of tables': ROW },
    lost: 'Hidden, deleted and moved-away text is left out; page breaks are not in the file.',
  },
  {
    format: 'Word of old',
    endings: 'doc',
    name: 'a.doc',
    bytes: aListedDoc([{ text: 'One.' }, { text: 'Two.', level: 0 }], [{ format: 0, text: '\0)' }]),
    kept: { paragraphs: 'One.\n\n', 'lists with their numbers': '1) Two.' },
    lost: 'Numbers of lists before Word 97.',
  },
  {
    format: 'Excel',
    endings: 'xlsx, xlsm, xltx',
    name: 'a.xlsx',
    bytes: anXlsx({ Fleet: TABLE }),
    kept: { 'names of sheets': 'Fleet\n\n', 'rows with the names of their columns': ROW },
    lost: 'Hidden sheets and formulas; values are told as they are shown. What is only write-protected is read.',
  },
  {
    format: 'Excel of old, binary Excel',
    endings: 'xls, xlsb',
    name: 'a.xls',
    bytes: aWorkbook({ Fleet: TABLE }, 'biff8'),
    kept: { 'names of sheets': 'Fleet\n\n', 'rows with the names of their columns': ROW },
    lost: 'Hidden sheets, formulas, text boxes.',
  },
  {
    format: 'Excel in XML of 2003',
    endings: 'xml, xls',
    name: 'b.xls',
    bytes: aWorkbook({ Fleet: TABLE }, 'xlml'),
    kept: { 'names of sheets': 'Fleet\n\n', 'rows with the names of their columns': ROW },
    lost: 'Hidden sheets, formulas; values are told as they are written.',
  },
  {
    format: 'PowerPoint',
    endings: 'pptx, pptm, ppsx, potx',
    name: 'a.pptx',
    bytes: aPptx([{ title: 'Plan', body: 'one', notes: 'Slowly.', shapes: aShape('Norwick', 'ftr') + aPicture('The tower') }]),
    kept: {
      'a page for each slide, its title first': 'Plan\n\none',
      'footers, once': 'Norwick',
      'what is written of pictures': 'The tower',
      notes: 'Slowly.',
    },
    lost: 'Numbers of slides.',
  },
  {
    format: 'PowerPoint of old',
    endings: 'ppt, pps',
    name: 'a.ppt',
    bytes: aPpt([{ title: 'Plan', box: 'one' }]),
    kept: { 'a page for each slide': 'Plan\n\none' },
    lost: 'Rows of tables come as lines.',
  },
  {
    format: 'OpenDocument text',
    endings: 'odt, ott, fodt',
    name: 'a.odt',
    bytes: anOpenDocument(
      'text',
      `<text:h>Port</text:h><text:list text:style-name="L"><text:list-item><text:p>item</text:p></text:list-item></text:list>${odfTable([...TABLE, ['Comet', '2001']])}`,
      '<text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/></text:list-style>',
    ),
    kept: { headings: 'Port\n\n', 'lists with their numbers': '1. item', 'rows of tables': ROW },
    lost: 'Deleted and hidden text is left out.',
  },
  {
    format: 'OpenDocument spreadsheet',
    endings: 'ods, ots, fods',
    name: 'a.ods',
    bytes: anOpenDocument('spreadsheet', odfTable(TABLE, 'Fleet')),
    kept: { 'names of sheets': 'Fleet\n\n', 'rows with the names of their columns': ROW },
    lost: 'Formulas; values are told as they are shown.',
  },
  {
    format: 'OpenDocument presentation',
    endings: 'odp, otp, fodp',
    name: 'a.odp',
    bytes: anOpenDocument('presentation', '<draw:page><text:p>One</text:p></draw:page><draw:page><text:p>Two</text:p></draw:page>'),
    kept: { 'a page for each slide': 'One\n\nTwo' },
    lost: '',
  },
  {
    format: 'Rich text',
    endings: 'rtf',
    name: 'a.rtf',
    bytes: String.raw`{\rtf1\ansi Gr\'fc\'dfe\par two}`,
    kept: { 'paragraphs, character sets of fonts': 'Grüße\n\ntwo' },
    lost: 'Hidden text is left out.',
  },
  {
    format: 'E-book',
    endings: 'epub',
    name: 'a.epub',
    bytes: anEpub('The tower', ['<h1>One</h1><p>It stands.</p>']),
    kept: { title: 'The tower', 'chapters in order, each on a page': 'One\n\nIt stands.' },
    lost: 'Books protected against copying end as encrypted.',
  },
  {
    format: 'E-mail',
    endings: 'eml, mht',
    name: 'a.eml',
    bytes: mail.join('\n'),
    kept: {
      'sender, receivers, date, subject': 'From: Ann <ann@x.example>\nTo: Ben <ben@x.example>',
      'the text and its attachments': 'It hangs here.',
    },
    lost: 'Small pictures; other headers.',
  },
  {
    format: 'Outlook message',
    endings: 'msg',
    name: 'a.msg',
    bytes: aMsg({ subject: 'Key', body: 'It hangs here.', sender: 'Ann' }),
    kept: { 'sender, subject, text': 'From: Ann\nSubject: Key\n\nIt hangs here.' },
    lost: '',
  },
  {
    format: 'Outlook message, packed',
    endings: 'winmail.dat',
    name: 'winmail.dat',
    bytes: aTnef({ subject: 'Key', rtf: String.raw`{\rtf1 It hangs here.}`, file: { name: 'a.txt', text: 'Tides.' } }),
    kept: { 'subject, text': 'Subject: Key\n\nIt hangs here.', 'files with it': 'a.txt\n\nTides.' },
    lost: '',
  },
  {
    format: 'Mailbox',
    endings: 'mbox',
    name: 'a.mbox',
    bytes: `From ann@x.example Mon Mar  2 09:00:00 2026\n${mail.join('\n')}\n`,
    kept: { 'a page for each message': 'Subject: Key' },
    lost: '',
  },
  {
    format: 'Web page',
    endings: 'html, xhtml',
    name: 'a.html',
    bytes: `<html><h1>Port</h1><ol><li>one</li></ol><table>${TABLE.map((row) => `<tr>${row.map((cell) => `<td>${cell}</td>`).join('')}</tr>`).join('')}</table><p hidden>no</p></html>`,
    kept: { headings: 'Port\n\n', lists: '1. one', 'rows of tables': ROW },
    lost: 'Scripts, styles, hidden text, addresses of links.',
  },
  {
    format: 'Markdown',
    endings: 'md',
    name: 'a.md',
    bytes: '# Port\n\n- **one**\n\n```\n__x__\n```\n\n|Boat|Built|\n|---|---|\n|Brise|1988|\n',
    kept: { headings: 'Port\n\n', lists: '- one', 'code as it is': '__x__', 'rows of tables': ROW },
    lost: 'Marks of emphasis, addresses of links, comments.',
  },
  {
    format: 'Table of values',
    endings: 'csv, tsv',
    name: 'a.csv',
    bytes: 'sep=;\nBoat;Built\nBrise;1988\n',
    kept: { 'rows with the names of their columns': ROW },
    lost: '',
  },
  {
    format: 'JSON, JSON lines',
    endings: 'json, jsonl',
    name: 'a.json',
    bytes: '{"boats":[{"name":"Brise","id":9007199254740993}]}',
    kept: { 'the place of each value, numbers as written': 'boats[1].name: Brise; id: 9007199254740993' },
    lost: '',
  },
  {
    format: 'Notebook',
    endings: 'ipynb',
    name: 'a.ipynb',
    bytes: JSON.stringify({ nbformat: 4, cells: [{ cell_type: 'code', source: 'print(8)', outputs: [{ text: '8' }] }] }),
    kept: { 'notes, code and what it printed': 'print(8)\n\n8' },
    lost: 'Plots.',
  },
  {
    format: 'XML',
    endings: 'xml',
    name: 'a.xml',
    bytes: '<fleet><ship id="7"><name>Aurora</name><built>1962</built></ship><ship id="8"><name>Brise</name></ship></fleet>',
    kept: { 'records with the names of their values, others value by value; text as it is': 'ship id: 7; name: Aurora; built: 1962' },
    lost: 'Attributes of text that only programs go by.',
  },
  {
    format: 'Outline',
    endings: 'opml',
    name: 'a.opml',
    bytes: '<opml><body><outline text="News"><outline text="Norwick" xmlUrl="https://n.example"/></outline></body></opml>',
    kept: { 'items, with their addresses': '- News\n  - Norwick (https://n.example)' },
    lost: '',
  },
  {
    format: 'Calendar',
    endings: 'ics',
    name: 'a.ics',
    bytes: ['BEGIN:VCALENDAR', ...event, 'END:VCALENDAR'].join('\r\n'),
    kept: {
      'when, what and where': 'Start: 2026-03-14\nSummary: Meeting\nLocation: Pier 4',
      'in words, how it repeats': 'every week on Saturday',
    },
    lost: 'How time zones are reckoned.',
  },
  {
    format: 'Contacts',
    endings: 'vcf',
    name: 'a.vcf',
    bytes: 'BEGIN:VCARD\nFN:Ann\nTEL;TYPE=work:555\nEND:VCARD\n',
    kept: { 'a line for each person': 'Name: Ann; Phone (work): 555' },
    lost: 'Photographs.',
  },
  {
    format: 'Subtitles',
    endings: 'srt, vtt, ass, ssa, sbv, ttml',
    name: 'a.srt',
    bytes: '1\n00:00:01,000 --> 00:00:02,000\nThe harbour\nopens.\n',
    kept: { 'what is said, and when': '[00:00:01] The harbour opens.' },
    lost: '',
  },
  {
    format: 'Text, logs, source code, YAML',
    endings: 'txt, log, yaml, …',
    name: 'a.txt',
    bytes: iconv.encode('Имя: Иван', 'windows-1251'),
    kept: { 'any encoding': 'Имя: Иван' },
    lost: 'Colours of terminals; runs of blanks within lines, and before them in prose.',
  },
  {
    format: 'Archive',
    endings: 'zip, tar, gz, zst, tar.bz2, tar.xz, 7z, rar',
    name: 'a.zip',
    bytes: aZip([{ name: 'notes/a.txt', bytes: 'The key.' }]),
    kept: { 'names of files': 'notes/a.txt', 'text of files, three archives deep': 'The key.' },
    lost: 'Files above 64 MiB inside; those of programs; a single file packed with bzip2 or xz.',
  },
];
