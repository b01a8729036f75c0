import { Button, PasswordInput, Radio, TextInput } from '@mantine/core';
import type { Leavings } from '@atrium/contracts';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { showToast } from '../app/toasts.tsx';
import { useForm } from '../app/use-form.ts';
import { client } from '../session/client.ts';
import styles from './profile.module.css';

/** Says what will be gone, and asks for the password. */
export function CloseAccount({ onCancel }: { onCancel: () => void }) {
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const [messages, setMessages] = useState<Leavings>('keep');
  const factor = useQuery({ queryKey: ['two-factor'], queryFn: () => client.security.twoFactor() });
  const asksCode = factor.data?.enabled === true;
  const form = useForm(async () => {
    await client.auth.closeAccount({ password, messages, ...(asksCode && { code: code.trim() }) });
    showToast('Your account is closed.');
  });
  const wrong = (of: 'wrong_password' | 'wrong_code') => (form.code === of ? form.failure : undefined);
  return (
    <form className={styles.form} onSubmit={form.submit} noValidate>
      <ul className={styles.consequences}>
        <li>You are signed out everywhere, and your access tokens stop working.</li>
        <li>You leave every room. Rooms that you host pass to the next in line; a room in which you are alone is archived.</li>
        <li>Your name, picture, e-mail address and status are deleted, and nobody else can take your username.</li>
        <li>Your saved messages, notifications, reminders and questions to files are deleted. Credits that are left are lost.</li>
      </ul>
      <Radio.Group label="What you wrote and uploaded" value={messages} onChange={(value) => setMessages(value as Leavings)}>
        <Radio mt="xs" value="keep" label="Stays, under the name “Former member”" />
        <Radio mt="xs" value="erase" label="Is erased everywhere, also in direct messages" />
      </Radio.Group>
      <PasswordInput
        label="Your password"
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
        error={form.errorOf('password') ?? wrong('wrong_password')}
        autoComplete="current-password"
        autoFocus
      />
      {asksCode && (
        <TextInput
          label="Code"
          description="Of your authenticator app, or a recovery code"
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
          Close my account for good
        </Button>
        <Button variant="default" onClick={onCancel}>
          Cancel
        </Button>
      </div>
    </form>
  );
}
