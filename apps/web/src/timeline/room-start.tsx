import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { BOT_USER_ID } from '@atrium/contracts';
import { Suspense, lazy } from 'react';
import { type JoinedRoom, whyCannotPost } from '../room/joined-room.ts';
import { Avatar } from '../people/avatar.tsx';
import styles from './timeline.module.css';

const FirstSteps = lazy(() => import('./first-steps.tsx').then((m) => ({ default: m.FirstSteps })));

/** Where a conversation begins: what the room is, and who helps in it. */
export function RoomStart({ room }: { room: JoinedRoom }) {
  return (
    <div className={styles.start}>
      <h2>{room.name}</h2>
      <p>{room.description || room.topic || beginning(room)}</p>
      <Suspense fallback={null}>
        {!room.lastMessage && whyCannotPost(room, Date.now()) === undefined && <FirstSteps room={room} />}
      </Suspense>
      {room.botEnabled && (
        <p className={styles.botHint}>
          <Avatar userId={BOT_USER_ID} size={20} />
          <span>
            <Trans>
              The room bot is here. Type <kbd>/</kbd> to see what it can do.
            </Trans>
          </span>
        </p>
      )}
    </div>
  );
}

const beginning = ({ kind }: JoinedRoom): string =>
  kind === 'direct' ? t`This is the beginning of your conversation.` : t`This is the beginning of the room.`;
