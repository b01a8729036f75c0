import { foldWord, similarity, type Term } from '../text/terms.ts';
import type { ParsedQuestion } from '../questions/question.ts';

type Sentence = { quote: string; terms: Term[] };

const NUMBER_WORDS =
  /\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|hundred|thousand|million|billion|half|twice|once|both|several|ein|eine|zwei|drei|vier|funf|sechs|sieben|acht|neun|zehn|deux|trois|quatre|cinq|sept|huit|neuf|dix|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|due|tre|quattro|cinque|sei|sette|otto|nove|dieci)\b/i;
const CJK_NUMBERS = /[一二三四五六七八九十百千万两兩]/u;
const TIME_WORDS =
  /\b(?:century|hour|hours|minute|minutes|noon|midnight|clock|uhr|stunde|heures?|horas?|saat|centuries|year|years|decade|month|day|days|morning|evening|spring|summer|autumn|winter|today|tomorrow|yesterday|during|after|before|when|since|until|jahrhundert|jahr|monat|tag|siecle|annee|mois|jour|siglo|ano|mes|dia|secolo|anno|mese|giorno|seculo)\b|[年月日]|век|год|月|ปี|世纪|世紀|yil|yuzyil|thế kỷ|năm|αιων|ετος|χρον|قرن|عام|سنة|वर्ष|सदी|साल/iu;

/** Days of the week and months, in the languages whose questions we know. */
const CALENDAR = new Set(
  'en de fr es it pt nl ro pl ru el tr'.split(' ').flatMap((language) => {
    const nameOf = (options: Intl.DateTimeFormatOptions) => (day: number) =>
      foldWord(new Intl.DateTimeFormat(language, { ...options, timeZone: 'UTC' }).format(new Date(day)));
    const days = Array.from({ length: 7 }, (_, i) => Date.UTC(2024, 0, 1 + i));
    const months = Array.from({ length: 12 }, (_, i) => Date.UTC(2024, i, 1));
    return [...days.map(nameOf({ weekday: 'long' })), ...months.map(nameOf({ month: 'long' }))];
  }),
);

/** How surely a sentence holds something of the kind the question asks for, that is not already in the question: 0 to 1. */
export function holdsExpected(question: ParsedQuestion, sentence: Sentence): number {
  const numbers = sentence.terms.filter((term) => (term.kind === 'number' || term.kind === 'date') && isNew(question, term));
  switch (question.expects) {
    case 'time':
      if (numbers.some((term) => isTime(term))) return 1;
      return numbers.length > 0 || tellsTime(sentence) || tellsNumber(sentence) ? 0.5 : 0;
    case 'number':
      if (numbers.some((term) => !isTime(term))) return 1;
      return numbers.length > 0 || tellsNumber(sentence) ? 0.5 : 0;
    case 'person':
    case 'place':
      return hasNewName(question, sentence) ? 1 : 0;
    case 'any':
      return sentence.terms.some((term) => isNew(question, term)) ? 1 : 0;
  }
}

const isTime = ({ kind, form }: Term) => kind === 'date' || /^(?:1\d|20)\d\d$/.test(form);
const tellsTime = ({ quote, terms }: Sentence) => TIME_WORDS.test(quote) || terms.some((term) => CALENDAR.has(term.form));
const tellsNumber = ({ quote }: Sentence) => NUMBER_WORDS.test(quote) || CJK_NUMBERS.test(quote);
const isNew = (question: ParsedQuestion, term: Term) => !question.terms.some((asked) => similarity(asked, term) > 0);

/** Scripts without capitals say nothing here, so any new word will do. "It" and "The" open sentences, and name nobody. */
function hasNewName(question: ParsedQuestion, { quote, terms }: Sentence): boolean {
  if (!/\p{Lu}/u.test(quote)) return terms.some((term) => isNew(question, term));
  return terms.some((term) => /^\p{Lu}/u.test(quote.slice(term.at)) && !question.isSmall(term) && isNew(question, term));
}
