/** Letters beyond ASCII of languages written in Latin letters, the most frequent first. */
const LANGUAGES = {
  german: 'üäöß',
  french: 'éèàêçùîôâûïœëæ',
  spanish: 'óíáéñú¿¡ü',
  portuguese: 'ãçáéíóêõúâàô',
  italian: 'àèùòéì',
  catalan: 'óàéèíòçúïü',
  swedish: 'äöåé',
  danish: 'øåæéòô',
  icelandic: 'íáðéóþúöæý',
  dutch: 'ëéïöüè',
  polish: 'łęąóżśćńź',
  czech: 'íáěéřýčšžůúťďňó',
  slovak: 'áíýéčšžľťúôňóďäĺŕ',
  hungarian: 'áéöíóőüúű',
  romanian: 'ăîţşâ',
  croatian: 'čšžćđ',
  turkish: 'ışüğöçİâ',
  estonian: 'äõüöšž',
  lithuanian: 'ėšųžįąūčę',
  latvian: 'āīēšūņžļģķč',
};

export type LatinLanguage = keyof typeof LANGUAGES;

/** A letter counts less for each that its language uses more often. */
const LESS_PER_RANK = 0.05;
const WEIGHTS = new Map(
  Object.entries(LANGUAGES).map(([language, letters]) => [
    language,
    new Map(
      [...letters].flatMap((letter, rank) => [letter, letter.toUpperCase()].map((form) => [form, 1 - rank * LESS_PER_RANK] as const)),
    ),
  ]),
);
/** Signs of print and trade that stand in texts of any language. */
const SIGNS = /[’“”‘–—…€£©®°«»·•„‚§ªº½¼¾¹²³×±µ†‡™‹›\u00a0]/u;
const SIGN_WEIGHT = 0.85;

/** How much a text looks like the one of these languages that it fits best: 1 where it has only its most frequent letters. */
export function looksLatin(text: string, languages: readonly LatinLanguage[]): number {
  const counts = new Map<string, number>();
  for (const letter of text.match(/\P{ASCII}/gu) ?? []) counts.set(letter, (counts.get(letter) ?? 0) + 1);
  const all = Math.max(
    1,
    [...counts.values()].reduce((sum, count) => sum + count, 0),
  );
  const fits = languages.map((language) => {
    const weights = WEIGHTS.get(language)!;
    const weightOf = (letter: string) => weights.get(letter) ?? (SIGNS.test(letter) ? SIGN_WEIGHT : 0);
    return [...counts].reduce((sum, [letter, count]) => sum + weightOf(letter) * count, 0) / all;
  });
  return Math.max(...fits) - misread(text) / all;
}

/** Capitals behind small letters, signs within or at words, words of nothing but accents: none of them is written. */
function misread(text: string): number {
  const capitals = text.match(/\p{Ll}(?=\P{ASCII})\p{Lu}|(?=\P{ASCII})\p{Ll}[A-Z]/gu)?.length ?? 0;
  const signs = text.match(/\p{L}[”“„‘€£¥©®°•…†‡‰™‹›¤§¶¢«»¬¦¨¸¯±¿¡¹²³ºª¼½¾](?=\p{L})/gu)?.length ?? 0;
  const atWords = text.match(/\p{L}[±¶¼¾¤¦¬](?!\p{L})|(?<!\p{L})[®¤¦¬±¹²³¼½¾ºª](?=\p{L})/gu)?.length ?? 0;
  const runs = text.match(/[^\p{ASCII}\s]{4,}/gu)?.join('').length ?? 0;
  return capitals + signs + atWords + runs;
}
