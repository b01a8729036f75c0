import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Button, PasswordInput, TextInput } from '@mantine/core';
import { accounts } from '@atrium/contracts';
import { useState } from 'react';
import { Link, Navigate, useSearchParams } from 'react-router';
import { useForm } from '../kit/use-form.ts';
import { AuthCard } from './auth-card.tsx';
import styles from './auth-card.module.css';
import { client } from './client.ts';
import { nextPlace } from './next-place.ts';
import { useSession } from './use-session.ts';

/** The server validates with the very same schema. */
const RegisterForm = accounts.register.input.omit({ origin: true });

export function RegisterPage() {
  const state = useSession();
  const [search] = useSearchParams();
  const [username, setUsername] = useState('');
  const [displayName, setDisplayName] = useState('');
  const [password, setPassword] = useState('');
  const [adminCode, setAdminCode] = useState('');
  const input = {
    username: username.trim().toLowerCase(),
    password,
    ...(displayName.trim() ? { displayName } : {}),
    ...(adminCode.trim() ? { adminCode } : {}),
  };
  const form = useForm(
    () => client.auth.register(input),
    () => RegisterForm.safeParse(input),
  );

  if (state.name === 'signed_in') return <Navigate to={nextPlace(search)} replace />;
  return (
    <AuthCard
      title={t`Create an account`}
      footer={
        <>
          <Trans>
            Already have one? <Link to={{ pathname: '/sign-in', search: search.toString() }}>Sign in</Link>
          </Trans>
        </>
      }
    >
      <form className={styles.form} onSubmit={form.submit} noValidate>
        <TextInput
          label={t`Username`}
          description={!form.errorOf('username') && t`3 to 32 letters a–z, digits, _ . - and no spaces`}
          value={username}
          onChange={(event) => setUsername(event.currentTarget.value)}
          error={form.errorOf('username') ?? (form.code === 'username_taken' && form.failure)}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          autoFocus
          required
          withAsterisk={false}
        />
        <TextInput
          label={t`Display name`}
          description={t`How others see you; your username when empty`}
          value={displayName}
          onChange={(event) => setDisplayName(event.currentTarget.value)}
          error={form.errorOf('displayName')}
          autoComplete="name"
        />
        <PasswordInput
          label={t`Password`}
          description={t`At least 8 characters`}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          error={form.errorOf('password')}
          autoComplete="new-password"
          required
          withAsterisk={false}
        />
        {(adminCode !== '' || form.code === 'admin_code_required') && (
          <TextInput
            label={t`Admin code`}
            description={t`This name is kept for an admin. The code was printed when the server started`}
            value={adminCode}
            onChange={(event) => setAdminCode(event.currentTarget.value)}
            error={form.code === 'admin_code_required' && adminCode !== '' && form.failure}
            autoComplete="one-time-code"
            autoCapitalize="characters"
            spellCheck={false}
          />
        )}
        {form.failure && form.code !== 'username_taken' && form.code !== 'admin_code_required' && (
          <p className={styles.failure} role="alert">
            {form.failure}
          </p>
        )}
        <Button type="submit" loading={form.busy} disabled={username.trim() === '' || password === ''} fullWidth>
          {t`Create account`}
        </Button>
      </form>
    </AuthCard>
  );
}
