/** Characters that can mean something in CommonMark, in a mention, or in a bare link. */
const MARKUP = /[*_`~[\]<>#|\\@&]|^\s*([-+]|\d+[.)])\s|^ {4}|^\s*(===|---)|:\/\/|www\.|\n\s*\n/m;

/** Whether a text reads the same with and without markup. */
export const isPlain = (text: string): boolean => !MARKUP.test(text);

/** A line that begins with so many quotes and list marks is no writing, and reading it as such would never end. */
const DEEP_LINE = /^(?:[ \t]*(?:>|(?:[-*+]|\d{1,9}[.)])(?=[ \t])[ \t])){40}/m;

/** Whether a text is made to be too deep for a reader of markup, and is shown as it was written. */
export const isNestedBeyondReason = (text: string): boolean => DEEP_LINE.test(text);
