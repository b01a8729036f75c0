import { useEffect, useEffectEvent, useState } from 'react';

type Sending = {
  /** There is something to send, and nothing but uploads keeps it. */
  complete: boolean;
  uploading: boolean;
  send: () => void;
};

/** What is sent while files are on their way goes when the last of them has arrived. */
export function useSendLater({ complete, uploading, send }: Sending): { sendsLater: boolean; sendOnceUploaded: () => void } {
  const [asked, setAsked] = useState(false);
  const settle = useEffectEvent(() => {
    setAsked(false);
    // What cannot be sent any more, because an upload failed or the words went, waits to be sent again.
    if (complete) send();
  });
  useEffect(() => {
    if (asked && !(complete && uploading)) settle();
  }, [asked, complete, uploading]);
  const sendOnceUploaded = (): void => {
    if (complete && uploading) setAsked(true);
    else send();
  };
  return { sendsLater: asked && complete && uploading, sendOnceUploaded };
}
