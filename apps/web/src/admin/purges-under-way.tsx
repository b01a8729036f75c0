import { t } from '@lingui/core/macro';
import { Loader } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { admin } from './admin-api.ts';
import styles from './admin.module.css';
import { leftText } from './left-of-purge.ts';

const AGAIN_MS = 1500;
/** Who asks for more at once looks at the audit log. */
const SHOWN = 20;

/** Rooms that are being purged, with what is left of each until it is gone; those that are gone since stay named. */
export function PurgesUnderWay() {
  const purges = useQuery({
    queryKey: ['admin', 'purges'],
    queryFn: () => admin.purges({ limit: SHOWN }),
    refetchInterval: ({ state }) => (state.data?.items.some(({ done }) => !done) ? AGAIN_MS : false),
  });
  const [openedAt] = useState(() => new Date().toISOString());
  const [seen, setSeen] = useState<ReadonlySet<string>>(new Set());
  const items = purges.data?.items;
  useEffect(() => {
    const open = (items ?? []).filter(({ done }) => !done).map(({ roomId }) => roomId);
    if (open.some((id) => !seen.has(id))) setSeen((now) => new Set([...now, ...open]));
  }, [items, seen]);
  const shown = (items ?? []).filter(({ roomId, done, askedAt }) => !done || seen.has(roomId) || askedAt > openedAt);
  if (shown.length === 0) return null;
  return (
    <ul className={styles.purges} aria-label={t`Purges`} aria-live="polite">
      {shown.map((purge) => (
        <li key={purge.roomId} data-done={purge.done || undefined}>
          {purge.done ? <IconCheck size={18} aria-hidden /> : <Loader size={16} aria-hidden />}
          <span>
            <strong>{purge.name || t`A room`}</strong> {purge.done ? t`is gone, with everything that was in it.` : leftText(purge)}
          </span>
        </li>
      ))}
    </ul>
  );
}
