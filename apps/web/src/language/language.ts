import type { Messages } from '@lingui/core';
import { useSyncExternalStore } from 'react';
import { i18n } from './i18n.ts';
import { speakOfProblems } from './problem-text.ts';

/** The languages one chooses from, as those who read them call them. Until one is chosen, `before-paint.js` takes the browser's. */
export const LANGUAGES = { en: 'English', de: 'Deutsch', vi: 'Tiếng Việt' };
const KEY = 'atrium.language';

/** English stands in the code; `en-XA` is English that looks foreign, and `ar` English set out for Arabic, for tests. */
const CATALOGUES: Record<string, () => Promise<{ messages: Messages }>> = {
  de: () => import('./catalogues/de.po'),
  vi: () => import('./catalogues/vi.po'),
  ar: () => Promise.resolve({ messages: {} }),
  'en-XA': () => import('./catalogues/en.po?pseudo'),
};

/**
 * Shows the page in a language; what it says until then stands in the document (`before-paint.js`).
 * @returns nothing where there is nothing to wait for
 */
export function showLanguage(language: string): Promise<void> | undefined {
  const load = CATALOGUES[language];
  if (!load) return void activate('en', {});
  // Words are needed even where a catalogue cannot be had.
  return Promise.all([load(), import('./problems.ts'), import('./file-reasons.ts')]).then(
    ([{ messages }, problems, { tellFileReason }]) => {
      speakOfProblems({ ...problems, ofFileReason: (reason) => tellFileReason(reason, language) });
      activate(language, messages);
    },
    () => activate('en', {}),
  );
}

/** Chooses a language on this device. A tag such as de-CH is taken for its language; one that is not spoken here changes nothing. */
export function chooseLanguage(tag: string): void {
  const language = tag.replace(/-.*/, '');
  if (language === i18n.locale || !(language in LANGUAGES)) return;
  localStorage.setItem(KEY, language);
  void showLanguage(language);
}

/** Whether the page is read from the right. */
export const isRightToLeft = (): boolean => document.documentElement.dir === 'rtl';

function activate(language: string, messages: Messages): void {
  const root = document.documentElement;
  root.lang = language;
  root.dir = language === 'ar' ? 'rtl' : 'ltr';
  if (language !== i18n.locale) i18n.loadAndActivate({ locale: language, messages });
}

const subscribe = (listener: () => void) => i18n.on('change', listener);

/** The language that the page is shown in. */
export const useLanguage = (): string => useSyncExternalStore(subscribe, () => i18n.locale);
