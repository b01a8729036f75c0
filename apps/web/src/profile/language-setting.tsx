import { t } from '@lingui/core/macro';
import { Select } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useLocation } from 'react-router';
import { showError } from '../kit/toasts.tsx';
import { LANGUAGES, useLanguage } from '../language/language.ts';
import { takePreferences } from '../notifications/own-preferences.ts';
import { client } from '../session/client.ts';

const CHOICES = Object.entries(LANGUAGES).map(([value, label]) => ({ value, label }));

/** The language of the page, on all of one's devices. */
export function LanguageSetting() {
  const language = useLanguage();
  const choose = (value: string): void => void client.notifications.setPreferences({ language: value }).then(takePreferences, showError);
  // The menu of the account leads here by name.
  const isAskedFor = useLocation().hash === '#language';
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (isAskedFor) field.current?.focus();
  }, [isAskedFor]);
  return (
    <Select
      ref={field}
      label={t`Language`}
      description={t`Of the page, on all of your devices; it changes at once`}
      data={CHOICES}
      value={language}
      allowDeselect={false}
      onChange={(value) => value && choose(value)}
    />
  );
}
