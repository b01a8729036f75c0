import { t } from '@lingui/core/macro';
import type { OutboxItem } from '@atrium/client';
import { useEffect, useState } from 'react';
import { Attachments } from '../attachments/attachments.tsx';
import { Avatar } from '../people/avatar.tsx';
import { PersonName } from '../people/person-name.tsx';
import { client } from '../session/client.ts';
import { useMe } from '../session/use-session.ts';
import { sentenceOf } from '../kit/use-form.ts';
import { MessageText } from '../messages/message-body.tsx';
import styles from './message-row.module.css';
import { isKnownName } from '../messages/named.ts';

/** Usually it is there before anyone could read that it is on its way. */
const SAY_SENDING_AFTER_MS = 1500;

/** An own message that the server does not have yet. */
export function OutgoingRow({ item, head }: { item: OutboxItem; head: boolean }) {
  const me = useMe();
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSlow(true), SAY_SENDING_AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <article className={styles.row} data-head={head || undefined} aria-label={t`Message on its way`}>
      <div className={styles.gutter}>{head && <Avatar userId={me.id} />}</div>
      <div className={styles.content}>
        {head && (
          <header className={styles.head}>
            <PersonName userId={me.id} className={styles.author} />
          </header>
        )}
        <div className={styles.outgoing}>
          <MessageText text={item.body} isNamed={isKnownName} />
        </div>
        <Attachments files={item.files} roomId={item.roomId} />
        {item.state === 'failed' ? (
          <div className={styles.state} data-failed role="alert">
            {t`Not sent`}
            {item.error ? `: ${sentenceOf(item.error)}` : '.'}
            <button type="button" onClick={() => client.realtime.outbox.retry(item.clientId)}>
              {t`Try again`}
            </button>
            <button type="button" onClick={() => client.realtime.outbox.discard(item.clientId)}>
              {t`Discard`}
            </button>
          </div>
        ) : (
          slow && item.state === 'pending' && <div className={styles.state}>{t`Sending…`}</div>
        )}
      </div>
    </article>
  );
}
