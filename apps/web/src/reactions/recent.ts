import { Observable } from '@atrium/client';

const KEY = 'atrium.reactions.recent';
const KEPT = 24;
const USUAL = ['👍', '❤️', '😂'];

/** The emoji that this person used last, on this device. */
class Recent extends Observable<readonly string[]> {
  #signs: readonly string[] = read();

  use(sign: string): void {
    this.#signs = [sign, ...this.#signs.filter((one) => one !== sign)].slice(0, KEPT);
    localStorage.setItem(KEY, JSON.stringify(this.#signs));
    this.changed();
  }

  protected build(): readonly string[] {
    return this.#signs;
  }
}

function read(): readonly string[] {
  const stored = localStorage.getItem(KEY);
  if (stored === null) return [];
  try {
    const signs: unknown = JSON.parse(stored);
    return Array.isArray(signs) ? signs.filter((sign) => typeof sign === 'string') : [];
  } catch {
    // What something else wrote under this name is worth nothing to us.
    return [];
  }
}

export const recent = new Recent();

/** Three to have at hand: those used last, and the usual ones until there are three. */
export const atHand = (signs: readonly string[]): readonly string[] =>
  [...signs, ...USUAL.filter((usual) => !signs.includes(usual))].slice(0, 3);
