import { MAX_AVATAR_BYTES, type User } from '@atrium/contracts';
import { Button, FileButton } from '@mantine/core';
import { useForm } from '../app/use-form.ts';
import { showError, showToast } from '../app/toasts.tsx';
import { live } from '../live/live.ts';
import { Avatar } from '../people/avatar.tsx';
import { client } from '../session/client.ts';
import { session } from '../session/session-store.ts';
import { useMe } from '../session/use-session.ts';
import styles from './profile.module.css';

function show(user: User): void {
  session.update({ ...user, avatarUrl: user.avatarUrl });
  live.people.learn([user]);
}

/** One's own picture: shown, chosen, taken away. */
export function PictureSetting() {
  const me = useMe();
  const removing = useForm(async () => {
    await client.me.removeAvatar();
    show(await client.me.get());
  });
  const choose = async (file: File | null): Promise<void> => {
    if (!file) return;
    if (file.size > MAX_AVATAR_BYTES) return showToast('A picture may have at most 5 MB.');
    show(await client.me.setAvatar(file));
  };
  return (
    <div className={styles.self}>
      <Avatar userId={me.id} size={56} />
      <div>
        <strong>{me.displayName}</strong>
        <span>@{me.username}</span>
      </div>
      <div className={styles.buttons}>
        <FileButton
          onChange={(file) => void choose(file).catch(showError)}
          accept="image/png,image/jpeg,image/webp,image/gif,image/avif"
          inputProps={{ 'aria-label': 'Picture of you' }}
        >
          {(props) => (
            <Button size="xs" variant="default" {...props}>
              Change picture
            </Button>
          )}
        </FileButton>
        {me.avatarUrl && (
          <Button size="xs" variant="default" loading={removing.busy} onClick={() => removing.submit()}>
            Remove picture
          </Button>
        )}
      </div>
    </div>
  );
}
