import { stripVTControlCharacters } from 'node:util';

/** Everything a text column cannot hold or a reader cannot see, save line feed and tab. */
const INVISIBLE = /(?![\t\n\r])[\p{Cc}\u00ad\u200b\u2060\ufeff]/gu;
const ODD_SPACES = /[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/g;

/**
 * The one form in which text is stored, so that offsets into it stay true: NFC, line feeds, no control characters, no
 * lone surrogates (PostgreSQL refuses them), no runs of blanks but those that `markIndents` marked.
 */
export function tidyText(raw: string): string {
  return withoutTerminalCodes(raw.toWellFormed())
    .replace(/\r\n?|\u2028|\u0085/g, '\n')
    .replace(/\u2029|\f/g, '\n\n')
    .replace(INVISIBLE, '')
    .replace(ODD_SPACES, ' ')
    .normalize('NFC')
    .replace(/[ \t]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

/** Stands for a blank at the beginning of a line while text is tidied. No text has this character: Unicode keeps it free. */
const INDENT = '\ufdd0';
const TAB = '    ';
/** Deeper than anybody reads. */
const DEEPEST = 40;

/** Marks the blanks that lines begin with, so that tidying leaves them: code and settings are read by them. A tab is four. */
export function markIndents(raw: string): string {
  return raw.replace(/^[ \t]+(?=\S)/gm, (blanks) => INDENT.repeat(Math.min(blanks.replaceAll('\t', TAB).length, DEEPEST)));
}

/** Puts blanks where `markIndents` saw them. */
export const showIndents = (text: string): string => text.replaceAll(INDENT, ' ');

/** Colours and movements of the cursor, as programs write them into logs, and letters struck twice to be bold. */
function withoutTerminalCodes(text: string): string {
  const marked = text.includes('\u001b') || text.includes('\u009b') || text.includes('\b');
  return marked ? stripVTControlCharacters(text).replace(/[^\n][\b]/gu, '') : text;
}
