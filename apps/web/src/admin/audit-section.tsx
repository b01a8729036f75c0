import { t } from '@lingui/core/macro';
import type { AuditEntry } from '@atrium/contracts';
import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import { showError } from '../kit/toasts.tsx';
import { PersonName } from '../people/person-name.tsx';
import { Time } from '../time/time.tsx';
import { admin, useAdminList } from './admin-api.ts';
import { AdminTable, type Column } from './admin-table.tsx';
import styles from './admin.module.css';
import { FilterField, ListBar, useFilters } from './list-bar.tsx';

const allColumns = (): Column<AuditEntry>[] => [
  { title: t`When`, show: (entry) => <Time at={entry.at} /> },
  { title: t`Who`, show: (entry) => (entry.actorId ? <PersonName userId={entry.actorId} /> : entry.service) },
  { title: t`What`, show: (entry) => <code>{entry.action}</code> },
  { title: t`To whom`, show: (entry) => <Target entry={entry} /> },
  { title: t`Why`, show: (entry) => entry.reason ?? '–' },
  { title: t`Details`, show: (entry) => <Details details={entry.details} /> },
];
const NAMES = ['actor', 'action', 'targetId', 'roomId', 'from', 'to'] as const;

/** Who did what to whom, when and why. */
export function AuditSection() {
  const [get] = useFilters();
  const [exporting, setExporting] = useState(false);
  const filter = Object.fromEntries(NAMES.map((name) => [name, get(name)]).filter(([, value]) => value !== ''));
  const list = useAdminList('audit', filter, (page) => admin.audit({ ...filter, ...page }));
  const save = async (): Promise<void> => {
    setExporting(true);
    try {
      saveAs(await admin.exportAudit(filter), `audit-${new Date().toISOString().slice(0, 10)}.jsonl`);
    } catch (error) {
      showError(error);
    }
    setExporting(false);
  };
  return (
    <>
      <ListBar>
        <FilterField name="actor" label={t`Who: username or id`} />
        <FilterField name="action" label={t`What: room, user.disabled`} />
        <FilterField name="targetId" label={t`To whom: id`} />
        <FilterField name="roomId" label={t`Room’s id`} />
        <FilterField name="from" label={t`From: 2026-01-31`} />
        <FilterField name="to" label={t`Before: 2026-02-28`} />
        <Button variant="default" leftSection={<IconDownload size={16} />} loading={exporting} onClick={() => void save()}>
          {t`Export as JSON Lines`}
        </Button>
      </ListBar>
      <AdminTable
        caption={t`Audit log`}
        list={list}
        idOf={({ id }) => id}
        nameOf={({ action }) => action}
        columns={allColumns()}
        empty={t`Nothing of this kind was done.`}
      />
    </>
  );
}

function Target({ entry }: { entry: AuditEntry }) {
  const isPerson = /^(user|member|host)\./.test(entry.action);
  if (entry.targetId === null) return '–';
  return isPerson ? <PersonName userId={entry.targetId} /> : <code className={styles.id}>{entry.targetId}</code>;
}

function Details({ details }: { details: AuditEntry['details'] }) {
  const text = Object.entries(details).map(([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`);
  return <span className={styles.details}>{text.join(', ') || '–'}</span>;
}

function saveAs(blob: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
