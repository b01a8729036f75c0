import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import type { InstanceStatus, ProcessStatus } from '@atrium/contracts';
import { useQuery } from '@tanstack/react-query';
import { sizeText } from '../attachments/size-text.ts';
import { PanelSkeleton } from '../kit/loading.tsx';
import { Problem } from '../kit/problem.tsx';
import { Time } from '../time/time.tsx';
import { admin } from './admin-api.ts';
import styles from './admin.module.css';
import { problemText } from '../language/problem-text.ts';

const LIVE_MS = 10_000;

/** What runs, how it does, and by which settings. */
export function SystemSection() {
  const system = useQuery({ queryKey: ['admin', 'system'], queryFn: () => admin.system(), refetchInterval: LIVE_MS });
  if (system.isPending) return <PanelSkeleton />;
  if (system.isError)
    return (
      <Problem
        title={t`The system cannot be shown`}
        detail={problemText(system.error)}
        action={t`Try again`}
        onAction={() => void system.refetch()}
      />
    );
  return (
    <>
      <p className={styles.hint}>{t`Atrium ${system.data.version}`}</p>
      <div className={styles.processes}>
        {system.data.processes.map((process) => (
          <Process key={process.name} process={process} />
        ))}
      </div>
    </>
  );
}

function Process({ process: { name, instances } }: { process: ProcessStatus }) {
  return (
    <section aria-label={t`Process ${name}`} className={styles.process}>
      <h2>{name}</h2>
      {instances.length === 0 && <p className={styles.bad}>{t`None answers: it does not run, or hangs.`}</p>}
      {instances.map((instance) => (
        <Instance key={instance.instance} instance={instance} />
      ))}
    </section>
  );
}

function Instance({ instance }: { instance: InstanceStatus }) {
  const { version, startedAt, memoryBytes, nodeVersion, checks, settings } = instance;
  const problems = Object.entries(checks).filter(([, state]) => state !== 'ok');
  return (
    <div className={styles.instance}>
      <p>
        <Trans>
          <span className={instance.ready ? undefined : styles.bad}>{stateOf(instance)}</span>, since <Time at={startedAt} />, version{' '}
          {version}, Node {nodeVersion}, {sizeText(memoryBytes)}
        </Trans>
      </p>
      {problems.map(([name, state]) => (
        <p key={name} className={styles.bad}>
          {name}: {state}
        </p>
      ))}
      <details>
        <summary>{t`Settings`}</summary>
        <div className={styles.scroll} tabIndex={0} role="region" aria-label={t`Settings of ${instance.process}`}>
          <table className={styles.table}>
            <thead>
              <tr>
                <th scope="col">{t`Setting`}</th>
                <th scope="col">{t`Value`}</th>
                <th scope="col">{t`From`}</th>
              </tr>
            </thead>
            <tbody>
              {settings.map(({ name, value, source, isSecret }) => (
                <tr key={name}>
                  <td data-title="Setting">
                    <code>{name}</code>
                  </td>
                  <td data-title="Value">{isSecret ? t`not shown` : (value ?? '–')}</td>
                  <td data-title="From">{source}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </div>
  );
}

const stateOf = ({ ready, draining }: InstanceStatus): string => (draining ? t`Stopping` : ready ? t`Ready` : t`Not ready`);
