import { canDecode } from '../../text/charsets.ts';

const CODE_PAGES: Record<number, string> = {
  932: 'cp932',
  936: 'gb18030',
  949: 'cp949',
  950: 'big5',
  10000: 'macintosh',
  65001: 'utf-8',
  874: 'windows-874',
};
/** A code page as decoders know it. */
export const codePage = (number: number) => CODE_PAGES[number] ?? (canDecode(`windows-${number}`) ? `windows-${number}` : `cp${number}`);

/** Groups whose content is not on the page. */
export const SKIPPED = new Set(
  `colortbl stylesheet info pict objdata fldinst themedata colorschememapping datastore listtable listoverridetable rsidtbl generator xmlnstbl latentstyles
   filetbl revtbl bkmkstart bkmkend pgdsctbl atnid atndate atnref atntime mmathPr pnseclvl nonshppict shprslt wgrffmtfilter sp userprops datafield formfield`.split(
    /\s+/,
  ),
);
/** Words of RTF that stand for signs. */
export const CHARACTERS: Record<string, string> = {
  par: '\n\n',
  sect: '\n\n',
  page: '\n\n',
  line: '\n',
  softline: '\n',
  tab: '\t',
  emdash: '—',
  endash: '–',
  bullet: '•',
  lquote: '‘',
  rquote: '’',
  ldblquote: '“',
  rdblquote: '”',
  '~': '\u00a0',
  _: '-',
  emspace: ' ',
  enspace: ' ',
  zwj: '\u200d',
  zwnj: '\u200c',
};

/** Groups that stand elsewhere on the page than where they are written. */
export const APART = new Set([
  'header',
  'headerl',
  'headerr',
  'headerf',
  'footer',
  'footerl',
  'footerr',
  'footerf',
  'annotation',
  'dptxbxtext',
]);

/** Groups marked as unknown to old programs that hold text of the page all the same. */
export const READ = new Set([
  'shptxt',
  'shpinst',
  'do',
  'listtext',
  'pntext',
  'ud',
  'fldrslt',
  'upr',
  'footnote',
  'annotation',
  'nesttableprops',
  'shppict',
  'mmath',
  'moMath',
  'mr',
  'mt',
]);
