import { t } from '@lingui/core/macro';
import type { AdminApi } from '@atrium/client';
import { PersonName } from '../people/person-name.tsx';
import { Time } from '../time/time.tsx';
import { admin, useAdminList } from './admin-api.ts';
import { AdminTable, type Column } from './admin-table.tsx';
import { FilterField, ListBar, useFilters } from './list-bar.tsx';

type Entry = Awaited<ReturnType<AdminApi['credits']>>['items'][number];

const allColumns = (): Column<Entry>[] => [
  { title: t`When`, show: (entry) => <Time at={entry.at} /> },
  { title: t`Whose`, show: (entry) => <PersonName userId={entry.userId} /> },
  { title: t`Credits`, isNumber: true, show: (entry) => (entry.amount > 0 ? `+${entry.amount}` : entry.amount) },
  { title: t`Reason`, show: (entry) => entry.reason },
];

/** The ledger. */
export function CreditsSection() {
  const [get] = useFilters();
  const filter = get('userId') ? { userId: get('userId') } : {};
  const list = useAdminList('credits', filter, (page) => admin.credits({ ...filter, ...page }));
  return (
    <>
      <ListBar>
        <FilterField name="userId" label={t`Person’s id`} />
      </ListBar>
      <AdminTable
        caption={t`Credits`}
        list={list}
        idOf={({ id }) => id}
        nameOf={({ reason }) => reason}
        columns={allColumns()}
        empty={t`No credits were moved.`}
      />
    </>
  );
}
