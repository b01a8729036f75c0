/** Characters that can mean something in CommonMark, in a mention, or in a bare link. */
const MARKUP = /[*_`~[\]<>#|\\@\uFF20\uFE6B&]|^\s*([-+]|\d+[.)])(\s|$)|^ {4}|^\s*(===|---|\t)|:\/\/|www\.|\n\s*\n/m;

/** Whether a text reads the same with and without markup. */
export const isPlain = (text: string): boolean => !MARKUP.test(text);
