import { plural, t } from '@lingui/core/macro';
import { JOB_STATES, type AdminJob } from '@atrium/contracts';
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Time } from '../time/time.tsx';
import { admin, useAdminList } from './admin-api.ts';
import { AdminTable, type Column } from './admin-table.tsx';
import styles from './admin.module.css';
import { DeadLetters } from './dead-letters.tsx';
import { type Choice, ListBar, useFilters } from './list-bar.tsx';
import { type Act, ReasonDialog } from './acts.tsx';

const LIVE_MS = 3000;
const allChoices = (): Choice[] => [{ name: 'state', label: t`Any state`, options: JOB_STATES.map((value) => ({ value, label: value })) }];

const allColumns = (): Column<AdminJob>[] => [
  { title: t`Job`, show: (job) => <span className={styles.name}>{job.id}</span> },
  { title: t`State`, show: (job) => <span className={job.state === 'failed' ? styles.bad : undefined}>{job.state}</span> },
  { title: t`Tries`, isNumber: true, show: (job) => job.attempts },
  { title: t`Why it failed`, show: (job) => job.failedReason ?? '–' },
  { title: t`Added`, show: (job) => <Time at={job.addedAt} /> },
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
      <dl className={styles.facts} aria-label={t`The queue now`}>
        {JOB_STATES.map((state) => (
          <div key={state}>
            <dt>{state}</dt>
            <dd>{now.data?.counts[state] ?? '–'}</dd>
          </div>
        ))}
      </dl>
      <ListBar choices={allChoices()}>
        {failed.length > 0 && (
          <Button variant="default" onClick={() => setAct(retry(failed))}>
            {t`Retry ${failed.length}`}
          </Button>
        )}
      </ListBar>
      <AdminTable
        caption={t`Jobs`}
        list={list}
        idOf={({ id }) => id}
        nameOf={({ id }) => id}
        columns={allColumns()}
        selection={{ ids, set: setIds }}
        acts={(job) =>
          job.state === 'failed' && (
            <Button size="xs" variant="default" onClick={() => setAct(retry([job]))} aria-label={t`Retry ${job.id}`}>
              {t`Retry`}
            </Button>
          )
        }
        empty={t`The queue is empty: every file has been read.`}
      />
      <ReasonDialog act={act} onClose={() => setAct(undefined)} />
      <DeadLetters />
    </>
  );
}

const retry = (jobs: readonly AdminJob[]): Act => ({
  title: plural(jobs.length, { one: 'Retry this job?', other: 'Retry # jobs?' }),
  detail: t`The file is put into the queue again.`,
  verb: t`Retry`,
  targets: jobs.map(({ id }) => ({ id, name: id })),
  run: (id, { reason }) => admin.retryJob(id, reason),
  done: t`Put into the queue again.`,
});
