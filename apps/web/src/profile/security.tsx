import { t } from '@lingui/core/macro';
import { accounts } from '@atrium/contracts';
import { Button, PasswordInput } from '@mantine/core';
import { useState } from 'react';
import { queryClient } from '../kit/query-client.ts';
import { showToast } from '../kit/toasts.tsx';
import { useForm } from '../kit/use-form.ts';
import { client } from '../session/client.ts';
import styles from './profile.module.css';
import { TwoFactorSetting } from './two-factor-setting.tsx';

/** How this account is kept one's own. */
export function Security() {
  return (
    <>
      <section className={styles.section} aria-labelledby="change-password">
        <h2 id="change-password">{t`Password`}</h2>
        <PasswordForm />
      </section>
      <section className={styles.section} aria-labelledby="two-factor">
        <h2 id="two-factor">{t`Second factor`}</h2>
        <TwoFactorSetting />
      </section>
    </>
  );
}

const ChangeForm = accounts.changePassword.input;

function PasswordForm() {
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const form = useForm(
    async () => {
      await client.security.changePassword({ current, next });
      setCurrent('');
      setNext('');
      void queryClient.invalidateQueries({ queryKey: ['sessions'] });
      showToast(t`Password changed. Every other session is signed out.`);
    },
    () => ChangeForm.safeParse({ current, next }),
  );
  const wrong = form.code === 'wrong_password' ? form.failure : undefined;
  return (
    <form className={styles.form} onSubmit={form.submit} noValidate>
      <PasswordInput
        label={t`Current password`}
        value={current}
        onChange={(event) => setCurrent(event.currentTarget.value)}
        error={form.errorOf('current') ?? wrong}
        autoComplete="current-password"
      />
      <PasswordInput
        label={t`New password`}
        description={t`At least 8 characters. Every other session is signed out`}
        value={next}
        onChange={(event) => setNext(event.currentTarget.value)}
        error={form.errorOf('next')}
        autoComplete="new-password"
      />
      {form.failure && !wrong && (
        <p className={styles.failure} role="alert">
          {form.failure}
        </p>
      )}
      <div>
        <Button type="submit" loading={form.busy} disabled={current === '' || next === ''}>
          {t`Change password`}
        </Button>
      </div>
    </form>
  );
}
