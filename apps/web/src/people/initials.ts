/** One or two letters that stand for a name. */
export function initialsOf(name: string): string {
  const words = name
    .trim()
    .split(/[\s._-]+/)
    .filter(Boolean);
  const [first = '?', last] = [words[0], words.length > 1 ? words.at(-1) : undefined];
  return (letterOf(first) + (last ? letterOf(last) : '')).toUpperCase();
}

/** A hue for an id, the same everywhere and for ever. */
export function hueOf(id: string): number {
  let hash = 0;
  for (const char of id) hash = (Math.imul(hash, 31) + char.charCodeAt(0)) | 0;
  return (Math.abs(hash) % 24) * 15;
}

const letterOf = (word: string): string => [...word][0] ?? '';
