import { i18n } from './i18n.ts';

/** As the chosen language writes dates and numbers; in the browser's own country, if that is where it is spoken. */
export function locales(): string[] {
  const { locale } = i18n;
  return [...navigator.languages.filter((tag) => tag.replace(/-.*/, '') === locale), locale];
}

/** A format that follows the language: made once for each. */
function perLanguage<T>(make: (locales: string[]) => T): () => T {
  const made = new Map<string, T>();
  return () => {
    const format = made.get(i18n.locale) ?? make(locales());
    made.set(i18n.locale, format);
    return format;
  };
}

/** @returns what writes a date in the chosen language, made as `Intl.DateTimeFormat` is */
export function dateFormat(options: Intl.DateTimeFormatOptions): (at: Date | number) => string {
  const format = perLanguage((tags) => new Intl.DateTimeFormat(tags, options));
  return (at) => format().format(at);
}

/** @returns what writes a number in the chosen language, made as `Intl.NumberFormat` is */
export function numberFormat(options: Intl.NumberFormatOptions): (value: number) => string {
  const format = perLanguage((tags) => new Intl.NumberFormat(tags, options));
  return (value) => format().format(value);
}

export const numberText = numberFormat({});

const collators = perLanguage((tags) => new Intl.Collator(tags, { numeric: true }));
/** For sorting names as the chosen language does, numbers in them by what they count. */
export const byName = (one: string, other: string): number => collators().compare(one, other);
