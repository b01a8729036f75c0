import { t } from '@lingui/core/macro';
import { type Message, webhookPostOf } from '@atrium/contracts';
import { useMemo } from 'react';
import { Avatar, SenderPicture } from './avatar.tsx';
import styles from './message-author.module.css';
import { PersonButton } from './person-button.tsx';
import { PersonName } from './person-name.tsx';

type MessageAuthorProps = { message: Message; size: number; className?: string | undefined };

/** Who wrote a message, wherever it is shown alone: a person with their card, or a program by the name it posted under. */
export function MessageAuthor({ message, size, className }: MessageAuthorProps) {
  const post = useMemo(() => webhookPostOf(message), [message]);
  if (post)
    return (
      <>
        <SenderPicture name={post.sender} icon={post.icon} size={size} />
        <SenderName sender={post.sender} className={className} />
      </>
    );
  return (
    <>
      <Avatar userId={message.authorId} size={size} />
      <PersonButton userId={message.authorId} roomId={message.roomId} inRow>
        <PersonName userId={message.authorId} className={className} />
      </PersonButton>
    </>
  );
}

/** A program goes by the name it gave itself: the mark says that nobody vouches for it. */
export function SenderName({ sender, className }: { sender: string; className?: string | undefined }) {
  return (
    <>
      <strong className={className} dir="auto">
        {sender}
      </strong>
      <span className={styles.mark}>{t`webhook`}</span>
    </>
  );
}
