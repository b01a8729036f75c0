import { useEffect, useEffectEvent, useState } from 'react';
import { type AwaitedSend, keepAwaited, lostOf, readAwaited } from './awaited-send.ts';
import { type Upload, useAreRestored } from '../writing/uploads.ts';

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
