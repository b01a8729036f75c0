import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import type { TwoFactorSetUp } from '@atrium/contracts';
import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { encode } from 'uqr';
import { queryClient } from '../kit/query-client.ts';
import { showToast } from '../kit/toasts.tsx';
import { useForm } from '../kit/use-form.ts';
import { PanelSkeleton } from '../kit/loading.tsx';
import { Problem } from '../kit/problem.tsx';
import { client } from '../session/client.ts';
import { Time } from '../time/time.tsx';
import styles from './profile.module.css';
import { problemText } from '../language/problem-text.ts';

const KEY = ['two-factor'];

/** Codes of an authenticator app at sign-in: set up, shown once, turned off. */
export function TwoFactorSetting() {
  const state = useQuery({ queryKey: KEY, queryFn: () => client.security.twoFactor() });
  const [setUp, setSetUp] = useState<TwoFactorSetUp>();
  const begin = useForm(async () => setSetUp(await client.security.setUpTwoFactor()));
  if (state.isPending) return <PanelSkeleton />;
  if (state.isError) {
    const detail = problemText(state.error);
    return (
      <Problem title={t`The second factor cannot be shown`} detail={detail} action={t`Try again`} onAction={() => void state.refetch()} />
    );
  }
  if (setUp?.recoveryCodes) return <RecoveryCodes codes={setUp.recoveryCodes} onKept={() => setSetUp(undefined)} />;
  if (state.data.enabled && state.data.enabledAt) {
    return (
      <>
        <p className={styles.hint}>
          <Trans>
            On since <Time at={state.data.enabledAt} />. {state.data.recoveryCodesLeft} of 10 recovery codes are left.
          </Trans>
        </p>
        <TurnOff />
      </>
    );
  }
  if (setUp?.secret && setUp.uri) return <Confirm secret={setUp.secret} uri={setUp.uri} onDone={setSetUp} />;
  return (
    <>
      <p className={styles.hint}>{t`Signing in then takes a code of an authenticator app after your password.`}</p>
      {begin.failure && (
        <p className={styles.failure} role="alert">
          {begin.failure}
        </p>
      )}
      <Button loading={begin.busy} onClick={() => begin.submit()}>
        {t`Set up`}
      </Button>
    </>
  );
}

type ConfirmProps = { secret: string; uri: string; onDone: (setUp: TwoFactorSetUp) => void };

function Confirm({ secret, uri, onDone }: ConfirmProps) {
  const [code, setCode] = useState('');
  const form = useForm(async () => {
    onDone(await client.security.setUpTwoFactor(code.trim()));
    await queryClient.invalidateQueries({ queryKey: KEY });
  });
  return (
    <form className={styles.form} onSubmit={form.submit} noValidate>
      <p className={styles.hint}>{t`Scan this with your authenticator app, or type the key into it; then enter the code that it shows.`}</p>
      <QrCode text={uri} label={t`QR code for your authenticator app`} />
      <code className={styles.secret} aria-label={t`Key for your authenticator app`}>
        {secret.replace(/.{4}(?=.)/g, '$& ')}
      </code>
      <TextInput
        label={t`Code`}
        value={code}
        onChange={(event) => setCode(event.currentTarget.value)}
        error={form.errorOf('code')}
        inputMode="numeric"
        autoComplete="one-time-code"
        autoFocus
      />
      {form.failure && (
        <p className={styles.failure} role="alert">
          {form.failure}
        </p>
      )}
      <div>
        <Button type="submit" loading={form.busy} disabled={code.trim() === ''}>
          {t`Turn on`}
        </Button>
      </div>
    </form>
  );
}

function RecoveryCodes({ codes, onKept }: { codes: readonly string[]; onKept: () => void }) {
  return (
    <>
      <p className={styles.hint}>{t`The second factor is on. Keep these codes where you find them without your phone: each works once.`}</p>
      <ul className={styles.codes} aria-label={t`Recovery codes`}>
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <Button onClick={onKept}>{t`I have kept them`}</Button>
    </>
  );
}

function TurnOff() {
  const [password, setPassword] = useState('');
  const form = useForm(async () => {
    await client.security.turnOffTwoFactor({ password });
    await queryClient.invalidateQueries({ queryKey: KEY });
    showToast(t`The second factor is off.`);
  });
  return (
    <form className={styles.form} onSubmit={form.submit} noValidate>
      <PasswordInput
        label={t`Your password`}
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
        error={form.errorOf('password') ?? form.failure}
        autoComplete="current-password"
      />
      <div>
        <Button type="submit" variant="light" color="red" loading={form.busy} disabled={password === ''}>
          {t`Turn off`}
        </Button>
      </div>
    </form>
  );
}

/** Drawn here: what it says is a secret, and leaves this page for no other server. */
function QrCode({ text, label }: { text: string; label: string }) {
  const { size, data } = encode(text, { border: 2 });
  const path = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : []))).join('');
  return (
    <svg className={styles.qr} viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label} shapeRendering="crispEdges">
      <path d={path} />
    </svg>
  );
}
