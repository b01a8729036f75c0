/** Text that people chose, such as a name, made safe to stand inside CommonMark: it shows as it was typed. */
export const plainText = (text: string): string =>
  text
    .replace(/\s+/g, ' ')
    .replace(/[\\`*[\]<>~|]/g, '\\$&')
    // Inside a word an underscore means nothing; at its edge it would start emphasis.
    .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\_')
    .trim();
