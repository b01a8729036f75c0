import { t } from '@lingui/core/macro';
import { Button, NativeSelect, PasswordInput, TextInput } from '@mantine/core';
import { type User, accounts, statusAt } from '@atrium/contracts';
import { useState } from 'react';
import { showToast } from '../kit/toasts.tsx';
import { useForm } from '../kit/use-form.ts';
import { live } from '../live/live.ts';
import { Avatar } from '../people/avatar.tsx';
import { PictureButtons } from '../people/picture-buttons.tsx';
import { client } from '../session/client.ts';
import { session } from '../session/session-store.ts';
import { useMe } from '../session/use-session.ts';
import styles from './profile.module.css';

const ProfileForm = accounts.updateMe.input;

/** What an answer leaves out is not set. */
const NOT_TOLD = { email: undefined, recoveryEmail: undefined, statusEmoji: undefined, statusUntil: undefined, timeZone: undefined };

/** Those that the browser knows, its own first. */
function zones(): string[] {
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return [...new Set([own, ...Intl.supportedValuesOf('timeZone')])].filter((zone) => zone === 'UTC' || zone.includes('/'));
}

export function MeForm() {
  const me = useMe();
  const [displayName, setDisplayName] = useState(me.displayName);
  const [email, setEmail] = useState(me.email ?? '');
  const [currentPassword, setCurrentPassword] = useState('');
  const standing = statusAt(me, Date.now()).statusText;
  const [statusText, setStatusText] = useState(standing);
  const [timeZone, setTimeZone] = useState(me.timeZone ?? '');
  const [presence, setPresence] = useState(me.presence);
  const address = email.trim() || null;
  const asksPassword = address !== (me.email ?? null) || me.recoveryEmail !== undefined;
  const input = {
    displayName,
    email: address,
    ...(asksPassword && currentPassword !== '' && { currentPassword }),
    presence,
    timeZone: timeZone || null,
    ...(statusText !== standing && { statusText }),
  };
  const form = useForm(
    async () => {
      const user = await client.me.update(input);
      session.update({ ...NOT_TOLD, ...user });
      live.people.learn([user]);
      setCurrentPassword('');
      showToast(t`Profile saved.`);
    },
    () => ProfileForm.safeParse(input),
  );
  return (
    <form className={styles.form} onSubmit={form.submit} noValidate>
      <PictureSetting />
      <TextInput
        label={t`Display name`}
        value={displayName}
        onChange={(event) => setDisplayName(event.currentTarget.value)}
        error={form.errorOf('displayName')}
        autoComplete="name"
      />
      <TextInput
        label={t`E-mail`}
        description={t`You can sign in with it`}
        type="email"
        value={email}
        onChange={(event) => setEmail(event.currentTarget.value)}
        error={form.errorOf('email') ?? (form.code === 'email_taken' && form.failure)}
        autoComplete="email"
      />
      {asksPassword && (
        <PasswordInput
          label={t`Current password`}
          description={reasonFor(me.recoveryEmail === undefined ? me.email : me.recoveryEmail)}
          value={currentPassword}
          onChange={(event) => setCurrentPassword(event.currentTarget.value)}
          error={form.errorOf('currentPassword') ?? (form.code === 'wrong_password' && form.failure)}
          autoComplete="current-password"
        />
      )}
      <TextInput
        label={t`Status`}
        description={t`A few words about what you are up to`}
        value={statusText}
        onChange={(event) => setStatusText(event.currentTarget.value)}
        error={form.errorOf('statusText')}
      />
      <NativeSelect
        label={t`Time zone`}
        description={t`Others see what time it is where you are`}
        value={timeZone}
        onChange={(event) => setTimeZone(event.currentTarget.value)}
        data={[{ value: '', label: t`Not shown` }, ...zones()]}
        error={form.errorOf('timeZone')}
      />
      <NativeSelect
        label={t`Presence`}
        value={presence}
        onChange={(event) => setPresence(event.currentTarget.value as typeof presence)}
        data={[
          { value: 'auto', label: t`Online when active` },
          { value: 'away', label: t`Away` },
          { value: 'dnd', label: t`Do not disturb` },
        ]}
      />
      {form.failure && form.code !== 'email_taken' && form.code !== 'wrong_password' && (
        <p className={styles.failure} role="alert">
          {form.failure}
        </p>
      )}
      <div>
        <Button type="submit" loading={form.busy}>
          {t`Save profile`}
        </Button>
      </div>
    </form>
  );
}

/** Why the password is asked for with an address, and what is without it: who signs in by a provider may have none. */
function reasonFor(counting: string | null | undefined): string {
  return counting
    ? t`Until you confirm the change with your password, links for a new password are still sent to ${counting}. If you have no password because you sign in by a provider, leave this empty.`
    : t`Links for a new password are sent to this address once you confirm it with your password. If you have none because you sign in by a provider, leave this empty.`;
}

function show(user: User): void {
  session.update({ ...user, avatarUrl: user.avatarUrl });
  live.people.learn([user]);
}

/** One's own picture: shown, chosen, taken away. */
function PictureSetting() {
  const me = useMe();
  return (
    <div className={styles.self}>
      <Avatar userId={me.id} size={56} />
      <div>
        <strong>{me.displayName}</strong>
        <span>@{me.username}</span>
      </div>
      <div className={styles.buttons}>
        <PictureButtons
          label={t`Picture of you`}
          hasPicture={me.avatarUrl !== undefined}
          set={async (image) => show(await client.me.setAvatar(image))}
          remove={async () => {
            await client.me.removeAvatar();
            show(await client.me.get());
          }}
        />
      </div>
    </div>
  );
}
