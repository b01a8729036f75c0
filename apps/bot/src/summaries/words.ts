/** Whether a text has one of these words, which stand parted by spaces; `\p{L}*` leaves an ending open, `_` is a space. */
export const words = (list: string): RegExp =>
  new RegExp(`(?<![\\p{L}\\p{N}])(?:${list.trim().split(/\s+/).join('|').replaceAll('_', ' ')})(?![\\p{L}\\p{N}])`, 'iu');
