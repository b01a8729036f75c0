import { t } from '@lingui/core/macro';
import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useForm } from '../kit/use-form.ts';
import styles from './auth-card.module.css';
import { client } from './client.ts';

type SecondStepProps = { challenge: string; onBeginAgain: () => void };

/** The code that comes after the password. */
export function SecondStep({ challenge, onBeginAgain }: SecondStepProps) {
  const [code, setCode] = useState('');
  const form = useForm(() => client.auth.completeLogIn({ challenge, code: code.trim() }));
  return (
    <form className={styles.form} onSubmit={form.submit} noValidate>
      <TextInput
        label={t`Code`}
        description={t`Six digits of your authenticator app, or a recovery code`}
        value={code}
        onChange={(event) => setCode(event.currentTarget.value)}
        autoComplete="one-time-code"
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
      <Button type="submit" loading={form.busy} disabled={code.trim() === ''} fullWidth>
        {t`Sign in`}
      </Button>
      <Button variant="subtle" onClick={onBeginAgain} fullWidth>
        {t`Begin again`}
      </Button>
    </form>
  );
}
