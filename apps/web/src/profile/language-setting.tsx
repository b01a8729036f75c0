import { t } from '@lingui/core/macro';
import { Select } from '@mantine/core';
import { showError } from '../kit/toasts.tsx';
import { LANGUAGES } from '../language/language.ts';
import { useLanguage } from '../language/use-language.ts';
import { takePreferences } from '../notifications/own-preferences.ts';
import { client } from '../session/client.ts';

const CHOICES = Object.entries(LANGUAGES).map(([value, label]) => ({ value, label }));

/** The language of the page, on all of one's devices. */
export function LanguageSetting() {
  const language = useLanguage();
  const choose = (value: string): void => void client.notifications.setPreferences({ language: value }).then(takePreferences, showError);
  return <Select label={t`Language`} data={CHOICES} value={language} allowDeselect={false} onChange={(value) => value && choose(value)} />;
}
