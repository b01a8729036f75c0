import { t } from '@lingui/core/macro';
import { ActionIcon } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { Suspense, lazy, useEffect, useEffectEvent, useState } from 'react';
import { Link } from 'react-router';
import { useScheduled } from '../scheduled/use-scheduled.ts';
import { type AwaitedSend, keepAwaited, lostOf, readAwaited } from './awaited-send.ts';
import { type Upload, useAreRestored } from '../writing/uploads.ts';
import styles from './composer.module.css';

type Sending = {
  place: string;
  /** There is something to send, and nothing but uploads keeps it. */
  complete: boolean;
  attached: readonly Upload[];
  alsoInRoom: boolean;
  send: () => void;
};
type SendLater = { sendsLater: boolean; lost: readonly string[]; sendOnceUploaded: () => void };

/**
 * What is sent while files are on their way goes when the last of them has arrived, also after a reload.
 * `lost`: files that a reload has stopped for good, without which it does not go by itself.
 */
export function useSendLater({ place, complete, attached, alsoInRoom, send }: Sending): SendLater {
  const [awaited, setAwaited] = useState(() => readAwaited(place));
  const [lost, setLost] = useState<readonly string[]>([]);
  const isRestored = useAreRestored(place);
  const uploading = attached.some((upload) => upload.state === 'uploading');
  const wait = (next: AwaitedSend | undefined): void => {
    keepAwaited(place, next);
    setAwaited(next);
  };
  const settle = useEffectEvent((asked: AwaitedSend) => {
    wait(undefined);
    const missing = lostOf(asked, attached);
    setLost(missing);
    // What cannot be sent any more, because an upload failed or is lost or the words went, waits to be sent again.
    if (complete && missing.length === 0) send();
  });
  useEffect(() => {
    if (awaited && isRestored && !(complete && uploading)) settle(awaited);
  }, [awaited, isRestored, complete, uploading]);
  const sendOnceUploaded = (): void => {
    setLost([]);
    if (complete && uploading) wait({ names: attached.map(({ name }) => name), alsoInRoom });
    else send();
  };
  return { sendsLater: awaited !== undefined && (!isRestored || (complete && uploading)), lost, sendOnceUploaded };
}

const SendLaterMenu = lazy(() => import('../scheduled/send-later-menu.tsx').then((m) => ({ default: m.SendLaterMenu })));

type SendLaterProps = { disabled: boolean; onChoose: (at: Date) => Promise<boolean> };

/** Leads to sending later. The menu arrives when it is opened first. */
export function SendLaterButton(props: SendLaterProps) {
  const [asked, setAsked] = useState(false);
  const closed = (
    <ActionIcon aria-label={t`Send later`} size={36} w={24} onClick={() => setAsked(true)}>
      <IconChevronDown size={16} stroke={1.8} />
    </ActionIcon>
  );
  if (!asked) return closed;
  return (
    <Suspense fallback={closed}>
      <SendLaterMenu {...props} />
    </Suspense>
  );
}

/** Says over the composer that something goes out here later. */
export function ScheduledHere({ roomId, parentId }: { roomId: string; parentId: string | undefined }) {
  const here = useScheduled().items.filter((item) => item.roomId === roomId && item.parentId === parentId);
  if (here.length === 0) return null;
  const failed = here.filter(({ failure }) => failure !== undefined).length;
  return (
    <p className={styles.scheduled} data-warn={failed > 0 || undefined}>
      {failed > 0 ? t`${failed} of ${here.length} scheduled not sent. ` : t`${here.length} scheduled for later. `}
      <Link to="/drafts">{t`See`}</Link>
    </p>
  );
}
