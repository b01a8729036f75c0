/** Characters that can mean something in CommonMark, in a mention, or in a bare link, wherever they stand. */
const ANYWHERE = /[*_`~[\]<>#|\\@\uFF20\uFE6B\0\r]|&[#A-Za-z]|\/\/|www\./i;
/** What begins a block: marks of lists, underlines of headings and columns, code by its indent, and lines that are blank or end in a break. */
const IN_A_LINE = /^[ \t]*(?:[-+=:]|\d{1,9}[.)])|^(?: {4}| {0,3}\t)|\n[ \t]*(?:\n|$)| {2,}\n/m;

/**
 * Whether a text is one paragraph without any markup, mention or link, so that it reads the same with and without
 * Markdown. Cheap, and false too often rather than too seldom: most messages need no reader of Markdown, which costs
 * more than everything else about them.
 */
export const isPlain = (text: string): boolean => !ANYWHERE.test(text) && !IN_A_LINE.test(text);
