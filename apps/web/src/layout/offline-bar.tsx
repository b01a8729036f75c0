import { t } from '@lingui/core/macro';
import type { ConnectionState } from '@atrium/client';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { useConnection } from '../live/use-live.ts';
import { client } from '../session/client.ts';
import { useSession } from '../session/use-session.ts';
import styles from '../kit/offline-bar.module.css';

/** A reconnect this quick is nobody's business. */
const QUIET_MS = 1200;

/** A thin bar while the line is down; reading and writing go on. */
export function OfflineBar() {
  const connection = useConnection();
  const state = useSession();
  const isKept = state.name === 'signed_in' && state.isKept === true;
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
    <div role="status" aria-label={t`Connection`} className={styles.holder}>
      {shown && (
        <div className={styles.bar}>
          <span>{textOf(connection, { hasNetwork, isKept })}</span>
          {connection.name === 'waiting' && hasNetwork && (
            <button type="button" onClick={() => client.realtime.nudge()}>
              {t`Try now`}
            </button>
          )}
          {connection.name === 'stopped' && connection.reason === 'superseded' && (
            <button type="button" onClick={() => client.realtime.open()}>
              {t`Use here`}
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

type Reach = { hasNetwork: boolean; /** The server could not be asked since the page was opened. */ isKept: boolean };

function textOf(connection: ConnectionState, { hasNetwork, isKept }: Reach): string {
  if (connection.name === 'stopped' && connection.reason === 'superseded') return t`Atrium is open in too many places; this one is paused.`;
  if (!hasNetwork) return t`You are offline. Messages you write are kept and sent later.`;
  // A browser may not know that the network it has leads nowhere.
  if (isKept) return t`You are offline, or the server cannot be reached. Messages you write are kept and sent later.`;
  return t`Reconnecting… Messages you write are kept and sent.`;
}
