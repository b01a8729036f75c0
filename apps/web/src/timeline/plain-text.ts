/** Characters that can mean something in CommonMark, in a mention, or in a bare link. */
const MARKUP = /[*_`~[\]<>#|\\@&]|^\s*([-+]|\d+[.)])\s|^ {4}|^\s*(===|---)|:\/\/|www\.|\n\s*\n/m;

/** Whether a text reads the same with and without markup. */
export const isPlain = (text: string): boolean => !MARKUP.test(text);
