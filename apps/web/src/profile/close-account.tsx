import { t } from '@lingui/core/macro';
import { Button, PasswordInput, Radio, TextInput } from '@mantine/core';
import type { KeepOrErase } from '@atrium/contracts';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { showToast } from '../kit/toasts.tsx';
import { useForm } from '../kit/use-form.ts';
import { client } from '../session/client.ts';
import styles from './profile.module.css';

/** Says what will be gone, and asks for the password. */
export function CloseAccount({ onCancel }: { onCancel: () => void }) {
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const [messages, setMessages] = useState<KeepOrErase>('keep');
  const factor = useQuery({ queryKey: ['two-factor'], queryFn: () => client.security.twoFactor() });
  const asksCode = factor.data?.enabled === true;
  const form = useForm(async () => {
    await client.auth.closeAccount({ password, messages, ...(asksCode && { code: code.trim() }) });
    showToast(t`Your account is closed.`);
  });
  const wrong = (of: 'wrong_password' | 'wrong_code') => (form.code === of ? form.failure : undefined);
  return (
    <form className={styles.form} onSubmit={form.submit} noValidate>
      <ul className={styles.consequences}>
        <li>{t`You are signed out everywhere, and your access tokens stop working.`}</li>
        <li>{t`You leave every room. Rooms that you host pass to the next in line; a room in which you are alone is archived.`}</li>
        <li>{t`Your name, picture, e-mail address and status are deleted, and nobody else can take your username.`}</li>
        <li>{t`Your saved messages, notifications, reminders and questions to files are deleted. Credits that are left are lost.`}</li>
      </ul>
      <Radio.Group label={t`What you wrote and uploaded`} value={messages} onChange={(value) => setMessages(value as KeepOrErase)}>
        <Radio mt="xs" value="keep" label={t`Stays, under the name “Former member”`} />
        <Radio mt="xs" value="erase" label={t`Is erased everywhere, also in direct messages`} />
      </Radio.Group>
      <PasswordInput
        label={t`Your password`}
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
        error={form.errorOf('password') ?? wrong('wrong_password')}
        autoComplete="current-password"
        autoFocus
      />
      {asksCode && (
        <TextInput
          label={t`Code`}
          description={t`Of your authenticator app, or a recovery code`}
          value={code}
          onChange={(event) => setCode(event.currentTarget.value)}
          error={form.errorOf('code') ?? wrong('wrong_code')}
          autoComplete="one-time-code"
        />
      )}
      {form.failure && !wrong('wrong_password') && !wrong('wrong_code') && (
        <p className={styles.failure} role="alert">
          {form.failure}
        </p>
      )}
      <div className={styles.buttons}>
        <Button type="submit" color="red" loading={form.busy} disabled={password === '' || (asksCode && code.trim() === '')}>
          {t`Close my account for good`}
        </Button>
        <Button variant="default" onClick={onCancel}>
          {t`Cancel`}
        </Button>
      </div>
    </form>
  );
}
