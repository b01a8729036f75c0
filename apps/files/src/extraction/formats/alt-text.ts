/** Said by programs that guess what a picture shows. */
const GUESSED = /automatically generated|automatisch generiert|automatiquement|automáticamente|automaticamente/i;
/** Names and addresses of files, names that programs give to pictures such as "Graphics 1", and words that stand alone. */
const NAME = /^[a-z]:\\|^[a-z]+:\/\/|^[\p{Script=Latin}\p{P}\p{S}\d]*$|^\S+ \d+$|\.[a-z]{3,4}$/iu;

/** What somebody wrote of a picture for those who do not see it; empty where a program filled it in. */
export function altText(description = ''): string {
  const text = description.replace(/\s+/g, ' ').trim();
  return /\p{L}{2}/u.test(text) && !GUESSED.test(text) && !NAME.test(text) ? text : '';
}
