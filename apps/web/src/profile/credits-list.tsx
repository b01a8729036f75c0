import { plural, t } from '@lingui/core/macro';
import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { PanelSkeleton } from '../kit/loading.tsx';
import { Problem } from '../kit/problem.tsx';
import { client } from '../session/client.ts';
import { Time } from '../time/time.tsx';
import styles from './profile.module.css';
import { problemText } from '../language/problem-text.ts';

/** What questions cost, and what is left. */
export function CreditsList() {
  const credits = useInfiniteQuery({
    queryKey: ['credits'],
    queryFn: ({ pageParam }) => client.me.credits(pageParam ? { cursor: pageParam } : {}),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
  if (credits.isPending) return <PanelSkeleton />;
  if (credits.isError) {
    return (
      <Problem
        title={t`Credits cannot be shown`}
        detail={problemText(credits.error)}
        action={t`Try again`}
        onAction={() => void credits.refetch()}
      />
    );
  }
  const { balance = 0, held = 0 } = credits.data.pages[0] ?? {};
  const entries = credits.data.pages.flatMap((page) => page.items);
  return (
    <>
      <p className={styles.balance}>
        <strong>{balance}</strong> {plural(balance, { one: 'credit', other: 'credits' })}
        {held > 0 && <span>{t`, ${held} of them held for a question under way`}</span>}
      </p>
      <p className={styles.hint}>{t`An answer costs what its form says before you ask. A question that is not answered costs nothing.`}</p>
      <ul className={styles.list} aria-label={t`Credit history`}>
        {entries.map((entry) => (
          <li key={entry.id} className={styles.row}>
            <span className={styles.text}>
              <span className={styles.reason}>{entry.reason}</span>
              <small>
                <Time at={entry.at} />
              </small>
            </span>
            <span className={styles.amount} data-plus={entry.amount > 0 || undefined}>
              {entry.amount > 0 ? `+${entry.amount}` : entry.amount}
            </span>
          </li>
        ))}
      </ul>
      {credits.hasNextPage && (
        <Button variant="default" size="xs" loading={credits.isFetchingNextPage} onClick={() => void credits.fetchNextPage()}>
          {t`Show more`}
        </Button>
      )}
    </>
  );
}
