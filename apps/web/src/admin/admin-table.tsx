import { t } from '@lingui/core/macro';
import { Button, Checkbox } from '@mantine/core';
import { type KeyboardEvent, type ReactNode, useRef } from 'react';
import { PanelSkeleton } from '../kit/loading.tsx';
import { Problem } from '../kit/problem.tsx';
import styles from './admin.module.css';
import type { AdminList } from './admin-api.ts';

export type Column<T> = { title: string; show: (row: T) => ReactNode; isNumber?: boolean };
export type Selection = { ids: ReadonlySet<string>; set: (ids: ReadonlySet<string>) => void };

type AdminTableProps<T> = {
  caption: string;
  list: AdminList<T>;
  idOf: (row: T) => string;
  nameOf: (row: T) => string;
  columns: Column<T>[];
  /** What can be done with one row; a button or a menu. */
  acts?: (row: T) => ReactNode;
  selection?: Selection;
  empty: string;
};

/**
 * A list as a table; each row a card on a phone. Arrows go from row to row, the space bar chooses one, Enter opens what
 * can be done with it.
 */
export function AdminTable<T>(props: AdminTableProps<T>) {
  const { caption, list, empty } = props;
  const body = useRef<HTMLTableSectionElement>(null);
  if (list.isPending) return <PanelSkeleton />;
  if (list.problem !== undefined)
    return <Problem title={t`${caption} cannot be shown`} detail={list.problem} action={t`Try again`} onAction={list.retry} />;
  if (list.items.length === 0) return <Problem title={t`Nothing here`} detail={empty} />;
  return (
    <>
      <div className={styles.scroll} tabIndex={0} role="group" aria-label={caption}>
        <table className={styles.table}>
          <caption className={styles.caption}>{caption}</caption>
          <Head {...props} />
          <tbody ref={body} onKeyDown={(event) => moveRow(event, body.current)}>
            {list.items.map((row, index) => (
              <Row key={props.idOf(row)} row={row} isFirst={index === 0} {...props} />
            ))}
          </tbody>
        </table>
      </div>
      {list.more && (
        <Button variant="default" size="xs" loading={list.isFetchingMore} onClick={list.more}>
          {t`Show more`}
        </Button>
      )}
    </>
  );
}

function Head<T>({ list, idOf, columns, acts, selection }: AdminTableProps<T>) {
  const all = list.items.map(idOf);
  const chosen = selection ? all.filter((id) => selection.ids.has(id)).length : 0;
  return (
    <thead>
      <tr>
        {selection && (
          <th scope="col" className={styles.check}>
            <Checkbox
              size="xs"
              aria-label={t`Choose all that are shown`}
              checked={chosen === all.length}
              indeterminate={chosen > 0 && chosen < all.length}
              onChange={(event) => selection.set(new Set(event.currentTarget.checked ? all : []))}
            />
          </th>
        )}
        {columns.map(({ title, isNumber }) => (
          <th key={title} scope="col" data-number={isNumber || undefined}>
            {title}
          </th>
        ))}
        {acts && (
          <th scope="col">
            <span className={styles.unseen}>{t`Acts`}</span>
          </th>
        )}
      </tr>
    </thead>
  );
}

function Row<T>({ row, isFirst, idOf, nameOf, columns, acts, selection }: AdminTableProps<T> & { row: T; isFirst: boolean }) {
  const id = idOf(row);
  const isChosen = selection?.ids.has(id) ?? false;
  return (
    <tr tabIndex={isFirst ? 0 : -1} data-row data-chosen={isChosen || undefined}>
      {selection && (
        <td className={styles.check}>
          <Checkbox
            size="xs"
            tabIndex={-1}
            aria-label={t`Choose ${nameOf(row)}`}
            checked={isChosen}
            onChange={() => selection.set(toggled(selection.ids, id))}
          />
        </td>
      )}
      {columns.map(({ title, show, isNumber }) => (
        <td key={title} data-title={title} data-number={isNumber || undefined}>
          {show(row)}
        </td>
      ))}
      {acts && <td className={styles.acts}>{acts(row)}</td>}
    </tr>
  );
}

function toggled(ids: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(ids);
  if (!next.delete(id)) next.add(id);
  return next;
}

/** Keys count on the row itself, not in a button or a field of it. */
function moveRow(event: KeyboardEvent, body: HTMLTableSectionElement | null): void {
  const row = event.target as HTMLElement;
  if (!body || row.dataset['row'] === undefined) return;
  const rows = [...body.querySelectorAll<HTMLElement>('tr[data-row]')];
  const next = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 }[event.key];
  if (next !== undefined) rows[rows.indexOf(row) + next]?.focus();
  else if (event.key === ' ' || event.key === 'x') row.querySelector<HTMLElement>('input[type="checkbox"]')?.click();
  else if (event.key === 'Enter') row.querySelector<HTMLElement>('button')?.click();
  else return;
  event.preventDefault();
}
