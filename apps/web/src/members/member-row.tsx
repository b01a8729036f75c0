import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { BOT_USER_ID, type Member } from '@atrium/contracts';
import type { ReactNode } from 'react';
import { MessagePerson } from '../direct/message-person.tsx';
import { useTyping } from '../live/use-live.ts';
import { Avatar } from '../people/avatar.tsx';
import { untilText } from '../time/format.ts';
import { PersonButton } from '../people/person-button.tsx';
import { StatusSign } from '../people/presence.tsx';
import { Time } from '../time/time.tsx';
import styles from '../people/members.module.css';

type MemberRowProps = { member: Member; roomId: string; isMe: boolean; children: ReactNode };

export function MemberRow({ member, roomId, isMe, children }: MemberRowProps) {
  const isTyping = useTyping(roomId, '').includes(member.id);
  return (
    <li className={styles.row}>
      <Avatar userId={member.id} size={36} showStatus />
      <span className={styles.text}>
        <span className={styles.name}>
          <PersonButton userId={member.id} roomId={roomId}>
            {member.displayName}
          </PersonButton>{' '}
          <StatusSign userId={member.id} />
          {isMe && <small>{t` you`}</small>}
          {member.bot && <small className={styles.bot}>{t`bot`}</small>}
        </span>
        <span className={styles.detail}>
          {member.mutedUntil && Date.parse(member.mutedUntil) > Date.now() && (
            <span>{t`muted until ${untilText(member.mutedUntil, new Date())}`}</span>
          )}
          {isTyping ? <span className={styles.typing}>{t`typing…`}</span> : <>@{member.username}</>}
          <span className={styles.joined}>
            <Trans>
              joined <Time at={member.joinedAt} />
            </Trans>
          </span>
        </span>
      </span>
      {!isMe && !member.bot && member.id !== BOT_USER_ID && <MessagePerson userId={member.id} name={member.displayName} />}
      {children}
    </li>
  );
}
