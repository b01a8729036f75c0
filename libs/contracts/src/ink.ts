/**
 * What leaves no mark on the page: space of every kind, control and format characters, fillers that fonts draw as
 * nothing. `Default_Ignorable_Code_Point` (Unicode, DerivedCoreProperties) holds the zero-width ones, the Hangul
 * fillers and the variation selectors; the four that follow are blank although Unicode calls them symbols or marks.
 */
const INKLESS = /[\p{White_Space}\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u{2800}\u{FFFC}\u{1D159}]|\u{16FE4}/gu;
/** What begins a new line in some reader of text. */
const LINE_BREAK = /[\n\v\f\r\u0085\u2028\u2029]/u;
/** What a single line has no use for: it would hide, reverse or reorder what stands beside it. */
const CONTROLS = /[\p{Cc}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu;

/** Whether a text has at least one character that a reader sees. */
export const hasInk = (text: string): boolean => text.replace(INKLESS, '') !== '';

/** Whether a text has more than one line, whichever character parts them. */
export const breaksLine = (text: string): boolean => LINE_BREAK.test(text);

/** A single line without control characters and without marks that turn the direction of writing; a tab is a space. */
export const withoutControls = (text: string): string => text.replaceAll('\t', ' ').replace(CONTROLS, '');

/** A text on one line: what parted its lines becomes a space. */
export const onOneLine = (text: string): string => text.replace(new RegExp(LINE_BREAK, 'gu'), ' ');
