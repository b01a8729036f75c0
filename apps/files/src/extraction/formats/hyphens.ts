const list = (words: string) => new Set(words.split(/\s+/));

/** First halves that are joined to nearly anything, and so are hardly ever a broken word. */
const FIRST = list(
  `well self ex non half cross high low long short all anti mid semi quasi pseudo vice two three four five six seven eight nine ten twenty thirty forty
   fifty sixty seventy eighty ninety one first second third left right large small full part old new north south east west so post pre co re on off in to
   open hard soft cold hot ever best better far fast free deep early late real single double multi state cost time user data life day year year's month week
   end front back top side water air fire sea land e`,
);
/** Second halves of the same kind. */
const SECOND = list(
  `known based free like style term time old year years hand made scale wide up to date of the art and level class size sized shaped related specific
   friendly driven side end ended off on in out by per one two three four five six seven eight nine third thirds half quarter quarters minded looking
   proof ready rich oriented called founded written respected being law century effective efficient intensive quality speed house word born haired eyed`,
);

/** Which hyphens at the end of a line belong to the word, told by how the document writes that word elsewhere. */
export class Hyphens {
  private readonly seen = new Set<string>();

  /** Remembers the words of a text. */
  learn(text: string): void {
    for (const [word] of text.toLowerCase().matchAll(/\p{L}+(?:-\p{L}+)*/gu)) this.seen.add(word);
  }

  /** Whether the hyphen that ends `before` stays when `after` goes on with the word. */
  belongs(before: string, after: string): boolean {
    if (/\u00ad$/.test(before)) return false;
    const first = /[\p{L}\p{N}-]*(?=[-\u2010]$)/u.exec(before)?.[0].toLowerCase() ?? '';
    const second = /^[\p{L}\p{N}-]+/u.exec(after)?.[0].toLowerCase().replace(/-$/, '') ?? '';
    if (this.seen.has(`${first}-${second}`)) return true;
    if (this.seen.has(first + second)) return false;
    // "state-of-the-" and "-of-the-art": a word that has hyphens anyway.
    if (first.includes('-') || second.includes('-')) return true;
    return FIRST.has(first) ? first.length > 2 || this.seen.has(second) : SECOND.has(second) && second.length > 2 && this.seen.has(first);
  }
}
