import { plural, t } from '@lingui/core/macro';
import { FileStatus, type FileRecord } from '@atrium/contracts';
import { Button } from '@mantine/core';
import { useState } from 'react';
import { statusWords } from '../attachments/file-status.ts';
import { sizeText } from '../attachments/size-text.ts';
import { PersonName } from '../people/person-name.tsx';
import { Time } from '../time/time.tsx';
import { type Act, ActMenu, type MenuItem, ReasonDialog } from './acts.tsx';
import { admin, useAdminList } from './admin-api.ts';
import { AdminTable, type Column } from './admin-table.tsx';
import styles from './admin.module.css';
import { type Choice, FilterField, ListBar, useFilters } from './list-bar.tsx';
import { StorageOverview } from './storage-overview.tsx';

const allChoices = (): Choice[] => [
  {
    name: 'status',
    label: t`Any status`,
    options: FileStatus.options.map((value) => ({ value, label: statusWords({ status: value }).label })),
  },
];
/** As the service says: what has come to an end and gave less than all of its text. */
const RETRYABLE = new Set<FileStatus>(['partial', 'no_text', 'unsupported', 'encrypted', 'failed']);

const allColumns = (): Column<FileRecord>[] => [
  { title: t`File`, show: (file) => <span className={styles.name}>{file.name}</span> },
  {
    title: t`Status`,
    show: (file) => {
      const { label, explanation } = statusWords(file);
      return (
        <span className={file.status === 'failed' ? styles.bad : undefined} title={explanation}>
          {label}
        </span>
      );
    },
  },
  { title: t`Size`, isNumber: true, show: (file) => sizeText(file.size) },
  { title: t`Uploaded by`, show: (file) => <PersonName userId={file.uploaderId} /> },
  { title: t`Uploaded`, show: (file) => <Time at={file.createdAt} /> },
];

export function FilesSection() {
  const [get] = useFilters();
  const [act, setAct] = useState<Act>();
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set());
  const filter = {
    query: get('query'),
    ...(get('status') && { status: get('status') }),
    ...(get('roomId') && { roomId: get('roomId') }),
    ...(get('userId') && { userId: get('userId') }),
  };
  const list = useAdminList('files', filter, (page) => admin.files({ ...filter, ...page }));
  const chosen = list.items.filter(({ id }) => ids.has(id));
  const retryable = chosen.filter(({ status }) => RETRYABLE.has(status));
  const itemsOf = (file: FileRecord): MenuItem[] => [
    ...(RETRYABLE.has(file.status) ? [{ label: t`Read it again`, act: retry([file]) }] : []),
    { label: t`Delete`, isDangerous: true, act: remove([file]) },
  ];
  return (
    <>
      <StorageOverview />
      <ListBar search={t`Name of the file`} choices={allChoices()}>
        <FilterField name="roomId" label={t`Room’s id`} />
        <FilterField name="userId" label={t`Uploader’s id`} />
        {retryable.length > 0 && (
          <Button variant="default" onClick={() => setAct(retry(retryable))}>
            {t`Read ${retryable.length} again`}
          </Button>
        )}
        {chosen.length > 0 && (
          <Button variant="light" color="red" onClick={() => setAct(remove(chosen))}>
            {t`Delete ${chosen.length}`}
          </Button>
        )}
      </ListBar>
      <AdminTable
        caption={t`Files`}
        list={list}
        idOf={({ id }) => id}
        nameOf={({ name }) => name}
        columns={allColumns()}
        selection={{ ids, set: setIds }}
        acts={(file) => <ActMenu name={file.name} items={itemsOf(file)} open={setAct} />}
        empty={t`No file matches this.`}
      />
      <ReasonDialog act={act} onClose={() => setAct(undefined)} />
    </>
  );
}

const countOf = (files: readonly FileRecord[]) =>
  files.length === 1 ? files[0]!.name : plural(files.length, { one: '# file', other: '# files' });

const retry = (files: readonly FileRecord[]): Act => ({
  title: t`Read ${countOf(files)} again?`,
  detail: t`What was found before stays until new text takes its place.`,
  verb: t`Read again`,
  targets: files,
  run: (id, { reason }) => admin.retryFile(id, reason),
  done: t`Will be read again: ${countOf(files)}.`,
});

const remove = (files: readonly FileRecord[]): Act => ({
  title: t`Delete ${countOf(files)}?`,
  detail: t`Its bytes, its text and the answers that quote it are gone for good. The room sees that it was deleted.`,
  verb: t`Delete`,
  isDangerous: true,
  targets: files,
  run: (id, { reason }) => admin.removeFile(id, reason),
  done: `Deleted: ${countOf(files)}.`,
});
