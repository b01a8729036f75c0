import { t } from '@lingui/core/macro';
import { SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { PanelSkeleton } from '../kit/loading.tsx';
import { Problem } from '../kit/problem.tsx';
import { admin } from './admin-api.ts';
import styles from './admin.module.css';
import { Plot } from './plot.tsx';
import { problemText } from '../language/problem-text.ts';

const spans = () => [
  { value: '1', label: t`Day` },
  { value: '7', label: t`Week` },
  { value: '30', label: t`Month` },
  { value: '365', label: t`Year` },
];
const STEPS: Record<string, string> = { 1: 'hour', 7: '6h', 30: 'day', 365: 'week' };
const FRESH_MS = 60_000;

/** How the server went: a plot for each series. */
export function StatsSection() {
  const [days, setDays] = useState('7');
  const stats = useQuery({
    queryKey: ['admin', 'stats', days],
    queryFn: () => admin.stats({ from: new Date(Date.now() - Number(days) * 86_400_000).toISOString(), step: STEPS[days]! }),
    refetchInterval: FRESH_MS,
  });
  return (
    <>
      <div className={styles.bar}>
        <SegmentedControl aria-label={t`Span`} data={spans()} value={days} onChange={setDays} />
      </div>
      {stats.isPending && <PanelSkeleton />}
      {stats.isError && (
        <Problem
          title={t`Statistics cannot be shown`}
          detail={problemText(stats.error)}
          action={t`Try again`}
          onAction={() => void stats.refetch()}
        />
      )}
      {stats.data && (
        <div className={styles.plots}>
          {stats.data.series.map((series) => (
            <Plot key={series.name} series={series} stepSeconds={stats.data.stepSeconds} />
          ))}
        </div>
      )}
    </>
  );
}
