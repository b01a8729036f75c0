import { AsyncLocalStorage } from 'node:async_hooks';
import { CATALOGUES } from './catalogues.ts';

export type Language = keyof typeof CATALOGUES;
export const LANGUAGES = Object.keys(CATALOGUES) as [Language, ...Language[]];

/** A message of a catalogue, compiled: texts, and what stands in them for values. */
type Part = string | readonly [name: string] | readonly [name: string, kind: string, forms: Readonly<Record<string, string | Parts>>];
type Parts = readonly Part[];
type Values = Readonly<Record<string, string | number>>;

const spoken = new AsyncLocalStorage<Language>();

/** The language of what is written now. */
export const language = (): Language => spoken.getStore() ?? 'en';

/** Does something whose words are for readers of a language. */
export const inLanguage = <T>(reader: Language, work: () => T): T => spoken.run(reader, work);

/** The words of the bot, in the language of who reads them: `npm run words` finds them by this name. */
export const i18n = {
  /** @param message in English, an ICU message; it is what a catalogue is asked for */
  t(message: keyof (typeof CATALOGUES)['en'], values: Values = {}): string {
    const catalogue: Readonly<Record<string, string | Parts>> = CATALOGUES[language()];
    return textOf(catalogue[message] ?? message, values);
  },
};

function textOf(message: string | Parts, values: Values, count?: number): string {
  if (typeof message === 'string') return message;
  return message.map((part) => (typeof part === 'string' ? ownText(part, count) : valueOf(part, values))).join('');
}

/** Within a plural `#` is its number. */
const ownText = (part: string, count: number | undefined): string =>
  part === '#' && count !== undefined ? new Intl.NumberFormat(language()).format(count) : part;

function valueOf([name, kind, forms]: Exclude<Part, string>, values: Values): string {
  const value = values[name] ?? '';
  if (forms === undefined) return String(value);
  const count = Number(value);
  const type = kind === 'selectordinal' ? 'ordinal' : 'cardinal';
  const form = kind === 'select' ? String(value) : new Intl.PluralRules(language(), { type }).select(count);
  return textOf(forms[String(value)] ?? forms[form] ?? forms['other'] ?? '', values, count);
}
