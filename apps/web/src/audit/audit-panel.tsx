import { t } from '@lingui/core/macro';
import { type AuditQuery } from '@atrium/client';
import type { RoomAuditEntry } from '@atrium/contracts';
import { Button, NativeSelect, TextInput } from '@mantine/core';
import { IconListDetails } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { PanelHeader } from '../kit/panel.tsx';
import { PanelSkeleton } from '../kit/loading.tsx';
import { Problem } from '../kit/problem.tsx';
import { useMembers } from '../people/use-members.ts';
import { type JoinedRoom, isModerator } from '../room/joined-room.ts';
import { client } from '../session/client.ts';
import { Time } from '../time/time.tsx';
import { auditActions, auditText } from './audit-text.ts';
import styles from './audit.module.css';
import { problemText } from '../language/problem-text.ts';

type Filter = { action: string; actor: string; target: string; from: string; to: string };
const EVERYTHING: Filter = { action: '', actor: '', target: '', from: '', to: '' };

/** Who did what to whom, when and why: for those who answer for the room. */
export function AuditPanel({ room, onClose }: { room: JoinedRoom; onClose: () => void }) {
  const [filter, setFilter] = useState(EVERYTHING);
  return (
    <>
      <PanelHeader title={t`Audit log`} onClose={onClose} />
      <div className={styles.body}>
        {isModerator(room) ? (
          <>
            <Filters room={room} filter={filter} change={setFilter} />
            <Entries roomId={room.id} filter={filter} />
          </>
        ) : (
          <Problem title={t`The audit log is not for members`} detail={t`The host and moderators read it.`} />
        )}
      </div>
    </>
  );
}

type FiltersProps = { room: JoinedRoom; filter: Filter; change: (filter: Filter) => void };

function Filters({ room, filter, change }: FiltersProps) {
  const { members } = useMembers(room.id);
  const people = members.map(({ id, displayName }) => ({ value: id, label: displayName }));
  const set = (part: Partial<Filter>): void => change({ ...filter, ...part });
  const anyone = { value: '', label: t`Anyone` };
  return (
    <form className={styles.filters} aria-label={t`Filter`} onSubmit={(event) => event.preventDefault()}>
      <NativeSelect
        label={t`What`}
        value={filter.action}
        onChange={(event) => set({ action: event.currentTarget.value })}
        data={[{ value: '', label: t`Everything` }, ...auditActions()]}
        className={styles.wide}
      />
      <NativeSelect
        label={t`By`}
        value={filter.actor}
        onChange={(event) => set({ actor: event.currentTarget.value })}
        data={[anyone, ...people]}
      />
      <NativeSelect
        label={t`Whom`}
        value={filter.target}
        onChange={(event) => set({ target: event.currentTarget.value })}
        data={[anyone, ...people]}
      />
      <TextInput label={t`From`} type="date" value={filter.from} onChange={(event) => set({ from: event.currentTarget.value })} />
      <TextInput label={t`Until`} type="date" value={filter.to} onChange={(event) => set({ to: event.currentTarget.value })} />
    </form>
  );
}

function Entries({ roomId, filter }: { roomId: string; filter: Filter }) {
  const found = useInfiniteQuery({
    queryKey: ['audit', roomId, filter],
    queryFn: ({ pageParam }) => client.moderation.audit(roomId, { ...queryOf(filter), ...(pageParam ? { cursor: pageParam } : {}) }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    staleTime: 0,
  });
  if (found.isPending) return <PanelSkeleton />;
  if (found.isError) {
    const detail = problemText(found.error);
    return <Problem title={t`The audit log cannot be shown`} detail={detail} action={t`Try again`} onAction={() => void found.refetch()} />;
  }
  const entries = found.data.pages.flatMap((page) => page.items);
  if (entries.length === 0)
    return (
      <Problem
        icon={<IconListDetails size={22} stroke={1.7} />}
        title={t`Nothing of this kind`}
        detail={t`Nothing in the log fits this filter.`}
      />
    );
  return (
    <>
      <ol className={styles.entries} aria-label={t`Audit log`}>
        {entries.map((entry) => (
          <Entry key={entry.id} entry={entry} />
        ))}
      </ol>
      {found.hasNextPage && (
        <Button variant="default" fullWidth loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
          {t`Show more`}
        </Button>
      )}
    </>
  );
}

function Entry({ entry }: { entry: RoomAuditEntry }) {
  return (
    <li>
      <p>{auditText(entry)}</p>
      {entry.reason && <p className={styles.reason}>{t`Reason: ${entry.reason}`}</p>}
      <Time at={entry.at} className={styles.time} />
    </li>
  );
}

/** A day means the whole of it, here. */
function queryOf({ action, actor, target, from, to }: Filter): AuditQuery {
  return {
    ...(action ? { action } : {}),
    ...(actor ? { actor } : {}),
    ...(target ? { target } : {}),
    ...(from ? { from: startOf(from).toISOString() } : {}),
    ...(to ? { to: startOf(to, 1).toISOString() } : {}),
  };
}

/** Midnight here, so many days after a date such as `2026-11-26`. */
function startOf(date: string, daysLater = 0): Date {
  const start = new Date(`${date}T00:00:00`);
  start.setDate(start.getDate() + daysLater);
  return start;
}
