import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import type { Message } from '@atrium/contracts';
import { useMediaQuery } from '@mantine/hooks';
import { IconPin } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { PanelHeader } from '../kit/panel.tsx';
import { PanelSkeleton } from '../kit/loading.tsx';
import { Problem } from '../kit/problem.tsx';
import { MessageAuthor } from '../people/message-author.tsx';
import { PersonName } from '../people/person-name.tsx';
import { type JoinedRoom, isModerator } from '../room/joined-room.ts';
import { client } from '../session/client.ts';
import { Time } from '../time/time.tsx';
import { togglePin } from '../messages/acts.ts';
import { MessageBody } from '../messages/message-body.tsx';
import styles from './pins-panel.module.css';
import { problemText } from '../language/problem-text.ts';

/** What the room keeps in view, newest pin first. */
export function PinsPanel({ room, onClose }: { room: JoinedRoom; onClose: () => void }) {
  const pins = useQuery({ queryKey: ['pins', room.id], queryFn: () => client.messages.pins(room.id) });
  const items = pins.data?.items ?? [];
  return (
    <>
      <PanelHeader title={t`Pins`} detail={items.length > 0 ? String(items.length) : undefined} onClose={onClose} />
      <div className={styles.body}>
        {pins.isPending && <PanelSkeleton />}
        {pins.isError && (
          <Problem
            title={t`Pins cannot be shown`}
            detail={problemText(pins.error)}
            action={t`Try again`}
            onAction={() => void pins.refetch()}
          />
        )}
        {pins.isSuccess && items.length === 0 && (
          <Problem
            icon={<IconPin size={22} stroke={1.7} />}
            title={t`Nothing is pinned`}
            detail={
              isModerator(room)
                ? t`Pin a message from its actions, and it stays in view here.`
                : t`The host and moderators pin what should stay in view.`
            }
          />
        )}
        <ul className={styles.pins} aria-label={t`Pinned messages`}>
          {items.map((message) => (
            <Pin key={message.id} message={message} mayUnpin={isModerator(room)} />
          ))}
        </ul>
      </div>
    </>
  );
}

function Pin({ message, mayUnpin }: { message: Message; mayUnpin: boolean }) {
  // Where the panel covers the conversation, jumping there closes it.
  const covers = useMediaQuery('(max-width: 1023px)');
  const place = message.parentId ? `/thread/${message.parentId}` : covers ? '' : '/pins';
  const to = `/rooms/${message.roomId}${place}?at=${message.seq}`;
  return (
    <li className={styles.pin}>
      <header>
        <MessageAuthor message={message} size={24} className={styles.author} />
        <Time at={message.createdAt} className={styles.time} />
      </header>
      <MessageBody message={message} />
      <footer>
        <Link to={to}>{t`Jump to it`}</Link>
        {mayUnpin && (
          <button type="button" onClick={() => togglePin(message)}>
            {t`Unpin`}
          </button>
        )}
        {message.pinnedBy && (
          <span>
            <Trans>
              pinned by <PersonName userId={message.pinnedBy} />
            </Trans>
          </span>
        )}
      </footer>
    </li>
  );
}
