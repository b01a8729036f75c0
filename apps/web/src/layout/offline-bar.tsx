import type { ConnectionState } from '@atrium/client';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { useConnection } from '../live/use-live.ts';
import { client } from '../session/client.ts';
import styles from './offline-bar.module.css';

/** A reconnect this quick is nobody's business. */
const QUIET_MS = 1200;

/** A thin bar while the line is down; reading and writing go on. */
export function OfflineBar() {
  const connection = useConnection();
  const hasNetwork = useSyncExternalStore(watchNetwork, () => navigator.onLine);
  const down =
    !hasNetwork ||
    connection.name === 'waiting' ||
    (connection.name === 'connecting' && connection.attempt > 1) ||
    connection.name === 'stopped';
  const [shown, setShown] = useState(false);
  useEffect(() => {
    if (!down) return setShown(false);
    const timer = setTimeout(() => setShown(true), QUIET_MS);
    return () => clearTimeout(timer);
  }, [down]);

  return (
    <div role="status" aria-label="Connection" className={styles.holder}>
      {shown && (
        <div className={styles.bar}>
          <span>{textOf(connection, hasNetwork)}</span>
          {connection.name === 'waiting' && hasNetwork && (
            <button type="button" onClick={() => client.realtime.nudge()}>
              Try now
            </button>
          )}
          {connection.name === 'stopped' && connection.reason === 'superseded' && (
            <button type="button" onClick={() => client.realtime.open()}>
              Use here
            </button>
          )}
        </div>
      )}
    </div>
  );
}

function watchNetwork(changed: () => void): () => void {
  window.addEventListener('online', changed);
  window.addEventListener('offline', changed);
  return () => {
    window.removeEventListener('online', changed);
    window.removeEventListener('offline', changed);
  };
}

function textOf(connection: ConnectionState, hasNetwork: boolean): string {
  if (connection.name === 'stopped' && connection.reason === 'superseded') return 'Atrium is open in too many places; this one is paused.';
  return hasNetwork
    ? 'Reconnecting… Messages you write are kept and sent.'
    : 'You are offline. Messages you write are kept and sent later.';
}
