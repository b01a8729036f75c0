import type { TextKind } from './extraction.ts';
import { looksLikeJson } from './formats/json.ts';

/** Endings that say what a text is, where its content does not say otherwise. */
const BY_ENDING: Record<string, TextKind> = {
  ...endings('markdown', 'md markdown mdown mkd rmd qmd'),
  ...endings('csv', 'csv'),
  ...endings('tsv', 'tsv tab'),
  ...endings('html', 'html htm xhtml shtml'),
  ...endings('xml', 'xml xsl xslt xsd rdf rss atom svg kml gpx xlf resx plist opml ttml dfxp'),
  ...endings('mail', 'eml mht mhtml'),
  ...endings('mbox', 'mbox mbx'),
  ...endings('calendar', 'ics ical ifb'),
  ...endings('contacts', 'vcf vcard'),
  ...endings('subtitles', 'srt vtt ass ssa sbv'),
  ...endings(
    'text',
    'txt text log out conf cfg ini env toml yaml yml properties rst adoc tex bib diff patch sql sh bash zsh bat ps1 js mjs cjs ts tsx jsx css scss less py rb php java kt kts scala go rs c h cc cpp hpp cs swift m mm pl pm lua r jl hs ml fs vb clj ex exs erl dart groovy gradle make mk cmake dockerfile proto graphql tf asm s vue svelte',
  ),
};

function endings(kind: TextKind, names: string): Record<string, TextKind> {
  return Object.fromEntries(names.split(' ').map((name) => [name, kind]));
}

/**
 * Which kind of text it is: by its content where that is plain, by the ending of the name where it is not. `complete`
 * says whether this is all of it.
 */
export function textKind(text: string, name: string, complete = true): TextKind {
  const ending = /\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase() ?? '';
  const named = BY_ENDING[ending];
  const start = text.replace(/^\ufeff/, '').trimStart();
  if (/^BEGIN:VCALENDAR\s/i.test(start)) return 'calendar';
  if (/^BEGIN:VCARD\s/i.test(start)) return 'contacts';
  if (SUBTITLES.some((beginning) => beginning.test(start))) return 'subtitles';
  if (named !== 'markdown' && (named !== 'text' || ending === 'txt') && looksLikeMailbox(start)) return 'mbox';
  if (looksLikeMail(start, named === 'mail')) return 'mail';
  const markup = markupKind(start) ?? (complete && isOneElement(start) ? 'xml' : null);
  if (markup === 'document') return named === 'markdown' && !/^<(?:!doctype|html)/i.test(start) ? 'markdown' : 'html';
  if ((markup === 'xml' && named !== 'text') || (markup === 'fragment' && named === 'xml')) return 'xml';
  if (named !== 'markdown' && looksLikeJson(text, complete))
    return /"(?:nbformat|worksheets)"\s*:|"cell_type"\s*:/.test(text) && ending === 'ipynb' ? 'notebook' : 'json';
  if (named === 'csv' || named === 'tsv') return text.includes('\t') && !/[,;]/.test(text) ? 'tsv' : named;
  if (markup === 'fragment' && named !== 'text') return named === 'markdown' || (!named && looksLikeMarkdown(text)) ? 'markdown' : 'html';
  if (markup === 'fragment' && ending === 'txt') return looksLikeMarkdown(text) ? 'text' : 'html';
  if (named === 'html' && /<\/[a-z][a-z0-9]*>/i.test(text)) return 'html';
  if (named === 'mail' && HEADER_WITHIN.test(text)) return 'mail';
  if (named === 'markdown' || named === 'text') return named;
  if (isTable(text, '\t')) return 'tsv';
  if (isTable(text, ',') || isTable(text, ';')) return 'csv';
  return looksLikeMarkdown(text) ? 'markdown' : 'text';
}

/** Of WebVTT, SubRip, YouTube's, SubStation Alpha's and MicroDVD's. */
const SUBTITLES = [
  /^WEBVTT(?:\s|$)/,
  /^\d+\s*\r?\n\d+:\d\d:\d\d[,.]\d{3} --> /,
  /^\d+:\d\d:\d\d\.\d{3},\d+:\d\d:\d\d\.\d{3}\s*\n/,
  /^\[Script Info\]\s*\n/i,
  /^\{\d+\}\{\d+\}[^\n]*\n\{\d+\}\{\d+\}/,
];

const HEADER = /^(?:from|to|cc|date|subject|mime-version|message-id|received|return-path|content-type|reply-to|delivered-to|sender):/gim;

/** What tells how a part of a message is written. */
const HEADER_WITHIN = /^content-(?:type|transfer-encoding):/im;

/** A message begins with a block of headers. */
function looksLikeMail(text: string, isNamed: boolean): boolean {
  const block =
    /^(?:>?From [^\n]*\n)?(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)+/.exec(text.slice(0, 32_768).replaceAll('\r\n', '\n'))?.[0] ?? '';
  return (block.match(HEADER)?.length ?? 0) >= (isNamed ? 1 : 4);
}

/** Messages one after the other, each behind a line that says whom it is from and when it came. */
function looksLikeMailbox(text: string): boolean {
  return /^From \S+[^\n]*\d{4}[^\n]*\r?\n(?:[\w-]+:|>?From )/.test(text.slice(0, 2000));
}

const DOCUMENT = /^<(?:!doctype\s+(?:html|netscape-bookmark)|html|head|body|title|meta)\b/i;
const FRAGMENT =
  /^<(?:script|style|link|table|div|p|h[1-6]|ul|ol|span|article|section|a|b|br|center|font|form|img|details|main|nav|header|pre)\b/i;

/**
 * What the first tag belongs to; a declaration and comments may stand before it. They are stepped over one by one: this
 * runs where everybody waits, and one pattern for all of it would try every way to split a run of comments.
 */
function markupKind(text: string): 'document' | 'fragment' | 'xml' | null {
  let rest = text;
  const declared = /^<\?xml/i.test(rest);
  if (declared) rest = rest.slice(rest.indexOf('>') + 1).trimStart();
  while (rest.startsWith('<!--') || /^<\?[\w-]/.test(rest)) {
    const close = rest.startsWith('<!--') ? '-->' : '?>';
    const end = rest.indexOf(close, close.length + 1);
    if (end < 0) return declared ? 'xml' : null;
    rest = rest.slice(end + close.length).trimStart();
  }
  if (DOCUMENT.test(rest)) return 'document';
  if (declared || /^<!DOCTYPE\s/i.test(rest) || /^<[\w.-]+:?[\w.-]*\s[^<>]{0,500}xmlns/.test(rest)) return 'xml';
  return FRAGMENT.test(rest) ? 'fragment' : null;
}

/** From the first character to the last. */
function isOneElement(text: string): boolean {
  const name = /^<([\p{L}_][\w.:-]*)(?:\s[^<>]*)?>/u.exec(text)?.[1];
  return name !== undefined && text.trimEnd().endsWith(`</${name}>`);
}

/** At least three lines of the same number (two or more) of separators. */
function isTable(text: string, separator: string): boolean {
  const lines = text
    .split('\n')
    .slice(0, 50)
    .filter((l) => l.trim() !== '')
    .slice(0, 20);
  if (lines.length < 3) return false;
  const counts = lines.slice(0, -1).map((l) => l.replace(/"[^"]*"/g, '').split(separator).length - 1);
  const first = counts[0]!;
  return first >= (separator === '\t' ? 1 : 2) && counts.every((count) => count === first);
}

/** What opens a link ends the search for the close of another, so that openings alone are each looked at once. */
const LINK = /\[[^[\]\n]+\]\([^()\s]+[()]/;

function looksLikeMarkdown(text: string): boolean {
  const signs = [/^#{1,6} \S/m, /^(?:[-*+]|\d+\.) \S/m, LINK, /^(?:```|~~~)/m, /\*\*[^*\n]+\*\*/, /^\|.+\|\s*$/m];
  return signs.filter((sign) => sign.test(text)).length >= 2;
}
