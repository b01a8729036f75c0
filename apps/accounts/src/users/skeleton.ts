import unhomoglyph from 'unhomoglyph';

/** Names by which people know the product, that address several people, or that stand for whoever closed their account. */
const KEPT_NAMES = [
  ...['Room bot', 'Bot', 'Atrium', 'Atrium bot', 'Atrium team', 'Atrium support', 'System'],
  ...['here', 'room', 'moderators', 'everyone', 'all', 'channel'],
  'Former member',
];

/** How a name is written, apart from case, width and form. */
export const plainOf = (name: string): string => name.normalize('NFKC').toLowerCase().trim();

/** How a name looks (Unicode TR 39): what is mistaken for each other has one skeleton. What nobody sees is left out. */
export function skeletonOf(name: string): string {
  const seen = name.normalize('NFKC').replace(/\p{Default_Ignorable_Code_Point}/gu, '');
  // Twice: capitals look like other letters than their small forms do.
  return unhomoglyph(unhomoglyph(seen).toLowerCase()).trim();
}

/** Accents aside: nobody is called `Átrium`. */
const lettersOf = (name: string) => skeletonOf(name.normalize('NFKD').replace(/\p{M}/gu, '')).replace(/[^\p{L}\p{N}]/gu, '');
const KEPT: ReadonlySet<string> = new Set(KEPT_NAMES.map(lettersOf));

/** Whether somebody of this name would pass for the product itself, however it is spaced. */
export const looksOfficial = (name: string): boolean => KEPT.has(lettersOf(name));
