import { t } from '@lingui/core/macro';
import { Button, PasswordInput } from '@mantine/core';
import { useState } from 'react';
import { Link, useLocation, useNavigate } from 'react-router';
import { showToast } from '../kit/toasts.tsx';
import { useForm } from '../kit/use-form.ts';
import { AuthCard } from './auth-card.tsx';
import styles from './auth-card.module.css';
import { client } from './client.ts';

/** Where the link in the mail leads. */
export function ResetPage() {
  const { hash } = useLocation();
  const navigate = useNavigate();
  const token = new URLSearchParams(hash.slice(1)).get('token') ?? '';
  const [password, setPassword] = useState('');
  const form = useForm(async () => {
    await client.security.resetPassword({ token, password });
    showToast(t`Your password is changed. Sign in with it.`);
    void navigate('/sign-in', { replace: true });
  });
  const isOver = token === '' || form.code === 'reset_link_invalid';
  return (
    <AuthCard title={t`Choose a new password`} footer={<Link to="/forgot-password">{t`Send me another link`}</Link>}>
      {isOver ? (
        <p className={styles.failure} role="alert">
          {t`This link does not work any more: it was used, is older than 30 minutes, or is not whole.`}
        </p>
      ) : (
        <form className={styles.form} onSubmit={form.submit} noValidate>
          <PasswordInput
            label={t`New password`}
            description={t`At least 8 characters. Every device is signed out`}
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
            error={form.errorOf('password')}
            autoComplete="new-password"
            autoFocus
            required
            withAsterisk={false}
          />
          {form.failure && (
            <p className={styles.failure} role="alert">
              {form.failure}
            </p>
          )}
          <Button type="submit" loading={form.busy} disabled={password === ''} fullWidth>
            {t`Change password`}
          </Button>
        </form>
      )}
    </AuthCard>
  );
}
