import { useSyncExternalStore } from 'react';
import { i18n } from './i18n.ts';

const subscribe = (listener: () => void) => i18n.on('change', listener);

/** The language that the page is shown in. */
export const useLanguage = (): string => useSyncExternalStore(subscribe, () => i18n.locale);
