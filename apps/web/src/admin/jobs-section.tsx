import { JOB_STATES, type AdminJob } from '@atrium/contracts';
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Time } from '../time/time.tsx';
import { admin } from './admin-api.ts';
import { AdminTable, type Column } from './admin-table.tsx';
import styles from './admin.module.css';
import { DeadLetters } from './dead-letters.tsx';
import { ListBar, type Choice } from './list-bar.tsx';
import { type Act, ReasonDialog } from './reason-dialog.tsx';
import { useAdminList } from './use-admin-list.ts';
import { useFilters } from './use-search.ts';

const LIVE_MS = 3000;
const CHOICES: Choice[] = [{ name: 'state', label: 'Any state', options: JOB_STATES.map((value) => ({ value, label: value })) }];

const COLUMNS: Column<AdminJob>[] = [
  { title: 'Job', show: (job) => <span className={styles.name}>{job.id}</span> },
  { title: 'State', show: (job) => <span className={job.state === 'failed' ? styles.bad : undefined}>{job.state}</span> },
  { title: 'Tries', isNumber: true, show: (job) => job.attempts },
  { title: 'Why it failed', show: (job) => job.failedReason ?? '–' },
  { title: 'Added', show: (job) => <Time at={job.addedAt} /> },
];

/** The queues as they are now, and what they gave up. */
export function JobsSection() {
  const [get] = useFilters();
  const [act, setAct] = useState<Act>();
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set());
  const filter = get('state') ? { state: get('state') } : {};
  const list = useAdminList('jobs', filter, (page) => admin.jobs({ ...filter, ...page }));
  const now = useQuery({ queryKey: ['admin', 'queue'], queryFn: () => admin.jobs({ limit: 1 }), refetchInterval: LIVE_MS });
  const failed = list.items.filter(({ id, state }) => state === 'failed' && ids.has(id));
  return (
    <>
      <dl className={styles.facts} aria-label="The queue now">
        {JOB_STATES.map((state) => (
          <div key={state}>
            <dt>{state}</dt>
            <dd>{now.data?.counts[state] ?? '–'}</dd>
          </div>
        ))}
      </dl>
      <ListBar choices={CHOICES}>
        {failed.length > 0 && (
          <Button variant="default" onClick={() => setAct(retry(failed))}>
            Retry {failed.length}
          </Button>
        )}
      </ListBar>
      <AdminTable
        caption="Jobs"
        list={list}
        idOf={({ id }) => id}
        nameOf={({ id }) => id}
        columns={COLUMNS}
        selection={{ ids, set: setIds }}
        acts={(job) =>
          job.state === 'failed' && (
            <Button size="xs" variant="default" onClick={() => setAct(retry([job]))} aria-label={`Retry ${job.id}`}>
              Retry
            </Button>
          )
        }
        empty="The queue is empty: every file has been read."
      />
      <ReasonDialog act={act} onClose={() => setAct(undefined)} />
      <DeadLetters />
    </>
  );
}

const retry = (jobs: readonly AdminJob[]): Act => ({
  title: jobs.length === 1 ? 'Retry this job?' : `Retry ${jobs.length} jobs?`,
  detail: 'The file is put into the queue again.',
  verb: 'Retry',
  targets: jobs.map(({ id }) => ({ id, name: id })),
  run: (id, { reason }) => admin.retryJob(id, reason),
  done: 'Put into the queue again.',
});
