import { t } from '@lingui/core/macro';
import type { User } from '@atrium/contracts';
import { live } from '../live/live.ts';
import { Avatar } from '../people/avatar.tsx';
import { PictureButtons } from '../people/picture-buttons.tsx';
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
