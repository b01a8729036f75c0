import { plural, t } from '@lingui/core/macro';
import type { DeadLetter } from '@atrium/contracts';
import { Button, Modal } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { PanelSkeleton } from '../kit/loading.tsx';
import { Problem } from '../kit/problem.tsx';
import { Time } from '../time/time.tsx';
import { type Act, ActMenu, ReasonDialog } from './acts.tsx';
import { admin, useAdminList } from './admin-api.ts';
import { AdminTable, type Column } from './admin-table.tsx';
import styles from './admin.module.css';
import { problemText } from '../language/problem-text.ts';

const allColumns = (): Column<DeadLetter>[] => [
  { title: t`Consumer`, show: (letter) => <span className={styles.name}>{letter.consumer}</span> },
  { title: t`Event`, show: (letter) => letter.subject },
  { title: t`Tries`, isNumber: true, show: (letter) => letter.tries },
  { title: t`Why it failed`, show: (letter) => letter.error },
  { title: t`Set aside`, show: (letter) => <Time at={letter.at} /> },
];

/** Events that a consumer gave up: looked at, sent again or discarded. */
export function DeadLetters() {
  const [act, setAct] = useState<Act>();
  const [shown, setShown] = useState<DeadLetter>();
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set());
  const list = useAdminList('dead-letters', {}, (page) => admin.deadLetters(page));
  const chosen = list.items.filter(({ id }) => ids.has(id));
  return (
    <div className={styles.letters}>
      <h2>{t`Dead letters`}</h2>
      <p className={styles.hint}>{t`Events that their consumer could not handle in eight tries. Mend the cause, then send them again.`}</p>
      {chosen.length > 0 && (
        <div className={styles.bar}>
          <Button variant="default" onClick={() => setAct(sendAgain(chosen))}>
            {t`Send ${chosen.length} again`}
          </Button>
          <Button variant="default" color="red" onClick={() => setAct(discard(chosen))}>
            {t`Discard ${chosen.length}`}
          </Button>
        </div>
      )}
      <AdminTable
        caption={t`Dead letters`}
        list={list}
        idOf={({ id }) => id}
        nameOf={nameOf}
        columns={allColumns()}
        selection={{ ids, set: setIds }}
        acts={(letter) => (
          <ActMenu
            name={nameOf(letter)}
            open={setAct}
            items={[
              { label: t`Show`, go: () => setShown(letter) },
              { label: t`Send again…`, act: sendAgain([letter]) },
              { label: t`Discard…`, isDangerous: true, act: discard([letter]) },
            ]}
          />
        )}
        empty={t`Every event was handled.`}
      />
      <ReasonDialog act={act} onClose={() => setAct(undefined)} />
      <Modal
        opened={shown !== undefined}
        onClose={() => setShown(undefined)}
        title={shown && nameOf(shown)}
        size="lg"
        closeButtonProps={{ 'aria-label': t`Close` }}
      >
        {shown && <OpenedLetter letter={shown} />}
      </Modal>
    </div>
  );
}

/** The error in full, and what the event said. */
function OpenedLetter({ letter }: { letter: DeadLetter }) {
  const opened = useQuery({ queryKey: ['admin', 'dead-letter', letter.id], queryFn: () => admin.deadLetter(letter.id) });
  if (opened.isPending) return <PanelSkeleton />;
  if (opened.isError) return <Problem title={t`It cannot be shown`} detail={problemText(opened.error)} />;
  return (
    <>
      <p className={styles.bad}>{opened.data.error}</p>
      <p className={styles.hint}>{t`Event ${letter.eventId}. What people wrote is left out.`}</p>
      <pre className={styles.payload} tabIndex={0} aria-label={t`What the event said`}>
        {JSON.stringify(opened.data.payload, null, 2)}
      </pre>
    </>
  );
}

const nameOf = ({ consumer, eventId }: DeadLetter): string => `${consumer} ${eventId.slice(-8)}`;
const targetsOf = (letters: readonly DeadLetter[]): Act['targets'] => letters.map((letter) => ({ id: letter.id, name: nameOf(letter) }));

const sendAgain = (letters: readonly DeadLetter[]): Act => ({
  title: plural(letters.length, { one: 'Send this event again?', other: 'Send # events again?' }),
  detail: t`Its consumer handles it once more. It goes from the list when that succeeds.`,
  verb: t`Send again`,
  targets: targetsOf(letters),
  run: (id, { reason }) => admin.redeliver(id, reason),
  done: t`Handled.`,
});

const discard = (letters: readonly DeadLetter[]): Act => ({
  title: plural(letters.length, { one: 'Discard this event?', other: 'Discard # events?' }),
  detail: t`What it would have brought about in its consumer never happens.`,
  verb: t`Discard`,
  isDangerous: true,
  targets: targetsOf(letters),
  run: (id, { reason }) => admin.discardDeadLetter(id, reason),
  done: t`Discarded.`,
});
