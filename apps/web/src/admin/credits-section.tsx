import type { AdminApi } from '@atrium/client';
import { PersonName } from '../people/person-name.tsx';
import { Time } from '../time/time.tsx';
import { admin } from './admin-api.ts';
import { AdminTable, type Column } from './admin-table.tsx';
import { FilterField, ListBar } from './list-bar.tsx';
import { useAdminList } from './use-admin-list.ts';
import { useFilters } from './use-search.ts';

type Entry = Awaited<ReturnType<AdminApi['credits']>>['items'][number];

const COLUMNS: Column<Entry>[] = [
  { title: 'When', show: (entry) => <Time at={entry.at} /> },
  { title: 'Whose', show: (entry) => <PersonName userId={entry.userId} /> },
  { title: 'Credits', isNumber: true, show: (entry) => (entry.amount > 0 ? `+${entry.amount}` : entry.amount) },
  { title: 'Reason', show: (entry) => entry.reason },
];

/** The ledger. */
export function CreditsSection() {
  const [get] = useFilters();
  const filter = get('userId') ? { userId: get('userId') } : {};
  const list = useAdminList('credits', filter, (page) => admin.credits({ ...filter, ...page }));
  return (
    <>
      <ListBar>
        <FilterField name="userId" label="Person’s id" />
      </ListBar>
      <AdminTable
        caption="Credits"
        list={list}
        idOf={({ id }) => id}
        nameOf={({ reason }) => reason}
        columns={COLUMNS}
        empty="No credits were moved."
      />
    </>
  );
}
