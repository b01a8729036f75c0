const segmenter = new Intl.Segmenter(undefined, { granularity: 'sentence' });
const wordSegmenter = new Intl.Segmenter(undefined, { granularity: 'word' });

const MAX_SENTENCE = 240;

/** No part of it reaches over a bracket it does not end with, so that openings alone are not each followed to the end. */
const LINK = /!?\[([^[\]]*)\]\([^()]*(?:\([^()]*\)[^()]*)*\)/g;

/** The sentences of a message as plain text: no code blocks, no quotes of others, no list marks. */
export function sentencesOf(body: string): string[] {
  const text = body
    .replace(/```[\s\S]*?(```|$)/g, '\n')
    .replace(/^\s{0,3}>.*$/gm, '')
    .replace(/^\s{0,3}(#{1,6}|[-*+]|\d{1,3}[.)])\s+/gm, '')
    .replace(LINK, '$1');
  const sentences = text
    .split(/\n+/)
    .flatMap((line) => withDates([...segmenter.segment(line)].map((part) => part.segment)).map((part) => part.replace(/\s+/g, ' ').trim()));
  return sentences.filter((sentence) => /[\p{L}\p{N}]/u.test(sentence)).map(shorten);
}

/** A point after a number of two digits or less is that of a date, as in "7. Dezember": no sentence ends there. */
function withDates(parts: readonly string[]): string[] {
  const whole: string[] = [];
  for (const part of parts) {
    if (/(?:^|\s)\p{N}{1,2}\.\s+$/u.test(whole.at(-1) ?? '')) whole.push(whole.pop()! + part);
    else whole.push(part);
  }
  return whole;
}

/** Cut at a word, with an ellipsis. */
function shorten(sentence: string): string {
  const characters = [...sentence];
  if (characters.length <= MAX_SENTENCE) return sentence;
  const head = characters.slice(0, MAX_SENTENCE - 1).join('');
  const lastSpace = head.lastIndexOf(' ');
  return `${lastSpace > MAX_SENTENCE / 2 ? head.slice(0, lastSpace) : head}…`;
}

/** The words that carry meaning, in lower case. */
export function termsOf(sentence: string): string[] {
  const terms: string[] = [];
  for (const { segment, isWordLike } of wordSegmenter.segment(sentence.toLowerCase())) {
    if (isWordLike && !STOP_WORDS.has(segment) && (segment.length > 1 || /\p{Script=Han}/u.test(segment))) terms.push(segment);
  }
  return terms;
}

const STOP_WORDS: ReadonlySet<string> = new Set(
  `a about after all also am an and any are as at be because been but by can could did do does for from get got had
  has have he her here him his how i if in into is it its it's i'm just like me my no not of off ok on one only or our
  out she so some than that that's the their them then there they this to too up us very was we well were what when
  where which who will with would yes you your
  aber als am an auch auf aus bei bin bis da das dass dem den der des die dir doch du ein eine einen einer er es für
  hat habe ich ihr im in ist ja kann man mich mir mit nach nicht noch nur oder schon sich sie sind so und uns vom von
  war was wenn wie wir wird zu zum zur`.split(/\s+/),
);
