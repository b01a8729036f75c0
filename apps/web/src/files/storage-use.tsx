import { t } from '@lingui/core/macro';
import type { StorageUse } from '@atrium/contracts';
import { useQuery } from '@tanstack/react-query';
import { client } from '../session/client.ts';
import { sizeText } from '../attachments/size-text.ts';
import styles from './storage-use.module.css';

/** From here on people are told what to do before it is full. */
const NEARLY = 0.9;

const lines = () =>
  ({
    person: { label: t`Your files`, todo: t`Delete some of yours, or ask an admin for more space.` },
    room: { label: t`This room`, todo: t`Delete some of its files, or ask an admin for more space.` },
  }) as const;

/** How much space is taken, and left, where there is a limit; and what to do when it runs out. */
export function RoomStorageUse({ roomId }: { roomId: string }) {
  const { data } = useQuery({ queryKey: ['storage', roomId], queryFn: () => client.files.storage(roomId) });
  if (!data) return null;
  return (
    <section className={styles.storage} aria-label={t`Space`}>
      {(['person', 'room'] as const).map((whose) => (
        <UseLine key={whose} use={data[whose]} {...lines()[whose]} />
      ))}
      <p className={styles.most}>{t`A file may have ${sizeText(data.maxFileBytes)}.`}</p>
    </section>
  );
}

export function UseLine({ use: { usedBytes, limitBytes }, label, todo }: { use: StorageUse; label: string; todo: string }) {
  if (limitBytes === null) return null;
  const share = Math.min(1, usedBytes / limitBytes);
  const state = share >= 1 ? 'full' : share >= NEARLY ? 'nearly' : undefined;
  const text = t`${sizeText(usedBytes)} of ${sizeText(limitBytes)}`;
  return (
    <div className={styles.line} data-state={state}>
      <span>{label}</span>
      <span className={styles.amount}>{text}</span>
      <span
        className={styles.bar}
        role="meter"
        aria-label={t`Space: ${label}`}
        aria-valuenow={Math.round(share * 100)}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuetext={text}
      >
        <i style={{ width: `${share * 100}%` }} />
      </span>
      {state && (
        <p>
          {state === 'full' ? t`Full.` : t`Nearly full.`} {todo}
        </p>
      )}
    </div>
  );
}
