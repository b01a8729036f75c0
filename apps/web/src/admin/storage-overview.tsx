import { t } from '@lingui/core/macro';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { sizeText } from '../attachments/size-text.ts';
import { UseLine } from '../files/storage-use.tsx';
import { admin } from './admin-api.ts';
import styles from './storage-overview.module.css';

const SHOWN = 5;

/** How much all files take, and who and which rooms store most. */
export function StorageOverview() {
  const people = useQuery({ queryKey: ['admin', 'storage', 'person'], queryFn: () => admin.storage({ by: 'person', limit: SHOWN }) });
  const rooms = useQuery({ queryKey: ['admin', 'storage', 'room'], queryFn: () => admin.storage({ by: 'room', limit: SHOWN }) });
  if (!people.data || !rooms.data) return null;
  const { server } = people.data;
  return (
    <section className={styles.overview} aria-label={t`Space`}>
      {server.limitBytes === null ? (
        <p>{t`All files take ${sizeText(server.usedBytes)}.`}</p>
      ) : (
        <UseLine use={server} label={t`All files`} todo={t`Raise FILES_QUOTA_SERVER_BYTES, or delete files.`} />
      )}
      <Most title={t`People who store most`} limitBytes={people.data.limitBytes}>
        {people.data.items.map(({ id, name, usedBytes }) => (
          <li key={id}>
            <Link to={`/admin/files?userId=${id}`}>{name ?? t`somebody who left`}</Link>
            <span>{sizeText(usedBytes)}</span>
          </li>
        ))}
      </Most>
      <Most title={t`Rooms that hold most`} limitBytes={rooms.data.limitBytes}>
        {rooms.data.items.map(({ id, name, usedBytes }) => (
          <li key={id}>
            <Link to={`/admin/files?roomId=${id}`}>{name ?? t`a direct room`}</Link>
            <span>{sizeText(usedBytes)}</span>
          </li>
        ))}
      </Most>
    </section>
  );
}

function Most({ title, limitBytes, children }: { title: string; limitBytes: number | null; children: React.ReactNode }) {
  return (
    <details>
      <summary>
        {title}
        {limitBytes !== null && t`, of ${sizeText(limitBytes)} each`}
      </summary>
      <ol>{children}</ol>
    </details>
  );
}
