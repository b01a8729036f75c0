/** What a word of the dictionary is found by: its parts of three letters, and itself with one letter left out, marked by a dash. */
export function wordKeys(word: string): string[] {
  return [...new Set([...partsOf(word), ...near(word)])];
}

export function partsOf(word: string): string[] {
  const letters = [...word];
  // Pairs of scripts without spaces are also found by each of their characters.
  if (letters.length < 3) return letters.length === 2 ? letters : [];
  return letters.slice(2).map((letter, index) => letters[index]! + letters[index + 1]! + letter);
}

const SHORTEST_MISSPELT = 4;
const LONGEST_MISSPELT = 24;

/** Two words that differ by one letter, or by two that changed places, share one of these. Empty where spelling is not guessed. */
export function near(word: string): string[] {
  const letters = [...word];
  if (letters.length < SHORTEST_MISSPELT - 1 || letters.length > LONGEST_MISSPELT || !/^\p{L}+$/u.test(word)) return [];
  return [`-${word}`, ...letters.map((_, index) => `-${letters.toSpliced(index, 1).join('')}`)];
}

export const maySpellWrong = (word: string): boolean => [...word].length >= SHORTEST_MISSPELT && near(word).length > 0;

/** One letter more, less or other, or two neighbours that changed places; two such in a long word. */
export function isSpelledAlike(a: string, b: string): boolean {
  if (a === b) return false;
  return distance([...a], [...b]) <= (Math.min(a.length, b.length) >= 8 ? 2 : 1);
}

/** How many letters must be put in, left out, changed or swapped (Damerau, Levenshtein; no letter twice). */
function distance(a: string[], b: string[]): number {
  const rows: number[][] = Array.from({ length: a.length + 1 }, (_, i) => [i, ...Array.from({ length: b.length }, () => 0)]);
  for (let j = 0; j <= b.length; j += 1) rows[0]![j] = j;
  for (let i = 1; i <= a.length; i += 1) {
    for (let j = 1; j <= b.length; j += 1) {
      const changed = rows[i - 1]![j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? rows[i - 2]![j - 2]! + 1 : Infinity;
      rows[i]![j] = Math.min(rows[i - 1]![j]! + 1, rows[i]![j - 1]! + 1, changed, swapped);
    }
  }
  return rows[a.length]![b.length]!;
}
