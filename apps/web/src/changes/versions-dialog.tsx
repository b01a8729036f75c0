import { Trans } from '@lingui/react/macro';
import { t } from '@lingui/core/macro';
import type { Message } from '@atrium/contracts';
import { Modal } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { PanelSkeleton } from '../kit/loading.tsx';
import { client } from '../session/client.ts';
import { Time } from '../time/time.tsx';
import { MessageBody } from '../messages/message-body.tsx';
import styles from './versions-dialog.module.css';
import { problemText } from '../language/problem-text.ts';

/** What a message says now and said before, the newest first. */
export function VersionsDialog({ message, onClose }: { message: Message; onClose: () => void }) {
  const { roomId, id, version } = message;
  const earlier = useQuery({ queryKey: ['versions', roomId, id, version], queryFn: () => client.messages.versions(roomId, id) });
  return (
    <Modal opened onClose={onClose} title={t`Versions of this message`} closeButtonProps={{ 'aria-label': t`Close` }}>
      <ol className={styles.versions} aria-label={t`Versions`}>
        <li>
          <p className={styles.when}>
            {message.editedAt && (
              <Trans>
                Now, since <Time at={message.editedAt} form="day" />
              </Trans>
            )}
          </p>
          <MessageBody message={message} />
        </li>
        {(earlier.data?.items ?? []).toReversed().map((one) => (
          <li key={one.version}>
            <p className={styles.when}>
              <Time at={one.at} form="day" />
            </p>
            <MessageBody message={{ ...message, body: one.body, mentions: one.mentions }} />
          </li>
        ))}
      </ol>
      {earlier.isPending && <PanelSkeleton />}
      {earlier.isError && <p role="alert">{problemText(earlier.error)}</p>}
    </Modal>
  );
}
