import { useEffect } from 'react';
import { client } from '../session/client.ts';

const AWAY_AFTER_MS = 5 * 60_000;
const INPUTS = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'] as const;

/** Tells the server whether a person is here: away after five minutes without input, or with the page hidden as long. */
export function useActivity(): void {
  useEffect(() => {
    let timer = setTimeout(() => client.realtime.presence(false), AWAY_AFTER_MS);
    const seen = (): void => {
      client.realtime.presence(true);
      clearTimeout(timer);
      timer = setTimeout(() => client.realtime.presence(false), AWAY_AFTER_MS);
    };
    const nudge = (): void => {
      if (document.visibilityState === 'visible') client.realtime.nudge();
    };
    for (const input of INPUTS) window.addEventListener(input, seen, { passive: true });
    window.addEventListener('online', nudge);
    document.addEventListener('visibilitychange', nudge);
    return () => {
      clearTimeout(timer);
      for (const input of INPUTS) window.removeEventListener(input, seen);
      window.removeEventListener('online', nudge);
      document.removeEventListener('visibilitychange', nudge);
    };
  }, []);
}
