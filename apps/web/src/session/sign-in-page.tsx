import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { AtriumError } from '@atrium/client';
import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { Link, Navigate, useLocation, useSearchParams } from 'react-router';
import { useForm } from '../kit/use-form.ts';
import { AuthCard } from './auth-card.tsx';
import styles from './auth-card.module.css';
import { client } from './client.ts';
import type { TypedName } from './forgot-page.tsx';
import { nextPlace } from './next-place.ts';
import { SecondStep } from './second-step.tsx';
import { session } from './session-store.ts';
import { useSession } from './use-session.ts';

const ended = () =>
  ({
    expired: t`Your session has expired. Sign in again to go on.`,
    revoked: t`This session was ended. Sign in again to go on.`,
  }) as const;

export function SignInPage() {
  const state = useSession();
  const [search] = useSearchParams();
  const typed = useLocation().state as TypedName;
  const [username, setUsername] = useState(typed?.username ?? '');
  const [password, setPassword] = useState('');
  const [challenge, setChallenge] = useState<string>();
  const form = useForm(async () => {
    try {
      await client.auth.logIn({ username: username.trim(), password });
    } catch (error) {
      const { code, data } = AtriumError.from(error);
      if (code !== 'two_factor_required') throw error;
      setChallenge(String(data['challenge']));
    }
  });

  const arrived = search.has('arrived');
  useEffect(() => {
    // Whoever comes back from a provider has the cookie of a session that this page does not know of yet.
    if (arrived) void session.resume();
  }, [arrived]);

  if (state.name === 'signed_in') return <Navigate to={nextPlace(search)} replace />;
  return (
    <AuthCard
      title={t`Sign in`}
      footer={
        <>
          <Trans>
            New here? <Link to={{ pathname: '/register', search: search.toString() }}>Create an account</Link>
          </Trans>
        </>
      }
    >
      {state.name === 'signed_out' && (state.ended === 'expired' || state.ended === 'revoked') && (
        <p className={styles.notice}>{ended()[state.ended]}</p>
      )}
      {search.has('failed') && <p className={styles.notice}>{t`Signing in there did not work. Try again, or use your password.`}</p>}
      {challenge !== undefined ? (
        <SecondStep challenge={challenge} onBeginAgain={() => setChallenge(undefined)} />
      ) : (
        <form className={styles.form} onSubmit={form.submit} noValidate>
          <TextInput
            label={t`Username or e-mail`}
            value={username}
            onChange={(event) => setUsername(event.currentTarget.value)}
            error={form.errorOf('username')}
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            autoFocus
            required
            withAsterisk={false}
          />
          <PasswordInput
            label={t`Password`}
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
            error={form.errorOf('password')}
            autoComplete="current-password"
            required
            withAsterisk={false}
          />
          {form.failure && (
            <p className={styles.failure} role="alert">
              {form.failure}
            </p>
          )}
          <Button type="submit" loading={form.busy} disabled={username.trim() === '' || password === ''} fullWidth>
            {t`Sign in`}
          </Button>
          <ProviderButtons search={search} />
          <Link to={{ pathname: '/forgot-password', search: search.toString() }} state={{ username }}>{t`Forgot your password?`}</Link>
        </form>
      )}
    </AuthCard>
  );
}

/** Where else one can sign in; nothing when there is nowhere. */
function ProviderButtons({ search }: { search: URLSearchParams }) {
  const providers = useQuery({
    queryKey: ['sign-in-providers'],
    queryFn: () => client.auth.providers(),
    staleTime: Infinity,
    retry: false,
  });
  return providers.data?.items.map(({ id, name }) => (
    <Button key={id} component="a" href={client.auth.providerUrl(id, nextPlace(search))} variant="default" fullWidth>
      {t`Sign in with ${name}`}
    </Button>
  ));
}
