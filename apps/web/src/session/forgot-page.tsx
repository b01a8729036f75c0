import { t } from '@lingui/core/macro';
import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { Link, useLocation } from 'react-router';
import { useForm } from '../kit/use-form.ts';
import { AuthCard } from './auth-card.tsx';
import styles from './auth-card.module.css';
import { client } from './client.ts';

/** What was typed at sign-in comes along, and goes back. */
export type TypedName = { username: string } | null;

/** Asks for a link to choose a new password. What it says never tells whether there is such a person. */
export function ForgotPage() {
  const { search, state } = useLocation();
  const [name, setName] = useState((state as TypedName)?.username ?? '');
  const [isSent, setSent] = useState(false);
  const form = useForm(async () => {
    await client.security.forgotPassword(name.trim());
    setSent(true);
  });
  return (
    <AuthCard
      title={t`Forgot your password?`}
      footer={<Link to={{ pathname: '/sign-in', search }} state={{ username: name }}>{t`Back to sign in`}</Link>}
    >
      {isSent ? (
        <p role="status">
          {t`If this account exists and has an e-mail address, a link is on its way. It works for 30 minutes. Whoever runs this server can help when no mail comes.`}
        </p>
      ) : (
        <form className={styles.form} onSubmit={form.submit} noValidate>
          <TextInput
            label={t`Username or e-mail`}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            error={form.errorOf('usernameOrEmail')}
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            autoFocus
            required
            withAsterisk={false}
          />
          {form.failure && (
            <p className={styles.failure} role="alert">
              {form.failure}
            </p>
          )}
          <Button type="submit" loading={form.busy} disabled={name.trim() === ''} fullWidth>
            {t`Send me a link`}
          </Button>
        </form>
      )}
    </AuthCard>
  );
}
