import { Button, NativeSelect, TextInput } from '@mantine/core';
import { accounts } from '@atrium/contracts';
import { useState } from 'react';
import { showToast } from '../app/toasts.tsx';
import { useForm } from '../app/use-form.ts';
import { live } from '../live/live.ts';
import { client } from '../session/client.ts';
import { session } from '../session/session-store.ts';
import { useMe } from '../session/use-session.ts';
import { PictureSetting } from './picture-setting.tsx';
import styles from './profile.module.css';

const ProfileForm = accounts.updateMe.input;

export function MeForm() {
  const me = useMe();
  const [displayName, setDisplayName] = useState(me.displayName);
  const [email, setEmail] = useState(me.email ?? '');
  const [statusText, setStatusText] = useState(me.statusText);
  const [presence, setPresence] = useState(me.presence);
  const input = { displayName, email: email.trim() || null, statusText, presence };
  const form = useForm(
    async () => {
      const user = await client.me.update(input);
      session.update(user);
      live.people.learn([user]);
      showToast('Profile saved.');
    },
    () => ProfileForm.safeParse(input),
  );
  return (
    <form className={styles.form} onSubmit={form.submit} noValidate>
      <PictureSetting />
      <TextInput
        label="Display name"
        value={displayName}
        onChange={(event) => setDisplayName(event.currentTarget.value)}
        error={form.errorOf('displayName')}
        autoComplete="name"
      />
      <TextInput
        label="E-mail"
        description="You can sign in with it"
        type="email"
        value={email}
        onChange={(event) => setEmail(event.currentTarget.value)}
        error={form.errorOf('email') ?? (form.code === 'email_taken' && form.failure)}
        autoComplete="email"
      />
      <TextInput
        label="Status"
        description="A few words about what you are up to"
        value={statusText}
        onChange={(event) => setStatusText(event.currentTarget.value)}
        error={form.errorOf('statusText')}
      />
      <NativeSelect
        label="Presence"
        value={presence}
        onChange={(event) => setPresence(event.currentTarget.value as typeof presence)}
        data={[
          { value: 'auto', label: 'Online when active' },
          { value: 'away', label: 'Away' },
          { value: 'dnd', label: 'Do not disturb' },
        ]}
      />
      {form.failure && form.code !== 'email_taken' && (
        <p className={styles.failure} role="alert">
          {form.failure}
        </p>
      )}
      <div>
        <Button type="submit" loading={form.busy}>
          Save profile
        </Button>
      </div>
    </form>
  );
}
