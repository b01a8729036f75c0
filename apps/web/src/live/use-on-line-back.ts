import { useEffect, useRef } from 'react';
import { useConnection } from './use-live.ts';

/** Tries once more what failed when the line comes back, so that nobody has to. */
export function useOnLineBack(failed: boolean, retry: () => void): void {
  const isOnline = useConnection().name === 'online';
  const now = useRef({ failed, retry });
  useEffect(() => {
    now.current = { failed, retry };
  });
  useEffect(() => {
    if (isOnline && now.current.failed) now.current.retry();
  }, [isOnline]);
}
