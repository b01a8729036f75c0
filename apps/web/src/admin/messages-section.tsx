import { plural, t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import type { NamedMessage } from '@atrium/client';
import { BOT_USER_ID, saidIn, webhookPostOf, type DeletedMessage } from '@atrium/contracts';
import { Button, Modal } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'react-router';
import { Time } from '../time/time.tsx';
import { type Act, ActMenu, type MenuItem, ReasonDialog } from './acts.tsx';
import { admin, useAdminList } from './admin-api.ts';
import { AdminTable, type Column } from './admin-table.tsx';
import styles from './admin.module.css';
import { type Choice, FilterField, ListBar, useFilters } from './list-bar.tsx';

const allChoices = (): Choice[] => [
  {
    name: 'deleted',
    label: t`Deleted or not`,
    options: [
      { value: 'true', label: t`Deleted` },
      { value: 'false', label: t`Not deleted` },
    ],
  },
];
const NAMES = ['roomId', 'authorId', 'from', 'to', 'reason'] as const;

/** The room bot is nobody of the accounts; what a webhook posted goes by the name it was posted under, where that is shown. */
function authorOf({ authorId, authorUsername, clientId, body }: NamedMessage): string | undefined {
  if (authorId !== BOT_USER_ID) return authorUsername ?? undefined;
  return webhookPostOf({ authorId, clientId, body: body ?? '' })?.sender ?? t`Room bot`;
}

const allColumns = (): Column<NamedMessage>[] => [
  { title: t`Message`, show: (message) => <Text message={message} /> },
  { title: t`Author`, show: (message) => <Link to={`?authorId=${message.authorId}`}>{authorOf(message) ?? message.authorId}</Link> },
  { title: t`Room`, show: ({ roomId, roomName }) => <Link to={`?roomId=${roomId}`}>{roomName || t`a direct room`}</Link> },
  { title: t`Sent`, show: ({ createdAt }) => <Time at={createdAt} /> },
];

/** Messages of every room. What is said in rooms of others is shown under a reason, which those rooms are told. */
export function MessagesSection() {
  const [get, set] = useFilters();
  const [act, setAct] = useState<Act>();
  const [read, setRead] = useState<DeletedMessage>();
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set());
  const given = Object.fromEntries(NAMES.map((name) => [name, get(name)]).filter(([, value]) => value !== ''));
  const deleted = get('deleted');
  const filter = { query: get('query'), ...given, ...(deleted && { deleted: deleted === 'true' }) };
  const list = useAdminList('messages', filter, (page) => admin.messages({ ...filter, ...page }));
  const chosen = list.items.filter(({ id, deletedAt }) => ids.has(id) && deletedAt === null);
  const isHidden = list.items.some(({ body, deletedAt }) => body === null && deletedAt === null);
  const itemsOf = (message: NamedMessage): MenuItem[] => [
    message.deletedAt === null
      ? { label: t`Delete`, isDangerous: true, act: remove([message]) }
      : { label: t`Read what it said`, act: readDeleted(message, setRead) },
  ];
  return (
    <>
      <ListBar search={t`Words of the message`} choices={allChoices()}>
        <FilterField name="roomId" label={t`Room’s id`} />
        <FilterField name="authorId" label={t`Author’s id`} />
        <FilterField name="from" label={t`From: 2026-01-31`} />
        <FilterField name="to" label={t`Before: 2026-02-28`} />
        {isHidden && (
          <Button variant="default" onClick={() => setAct(readRooms((reason) => set('reason', reason)))}>
            {t`Read what they say`}
          </Button>
        )}
        {chosen.length > 0 && (
          <Button variant="light" color="red" onClick={() => setAct(remove(chosen))}>
            {t`Delete ${chosen.length}`}
          </Button>
        )}
      </ListBar>
      <AdminTable
        caption={t`Messages`}
        list={list}
        idOf={({ id }) => id}
        nameOf={(message) => t`the message of ${authorOf(message) ?? t`somebody`} at ${message.createdAt}`}
        columns={allColumns()}
        selection={{ ids, set: setIds }}
        acts={(message) => <ActMenu name={t`the message of ${authorOf(message) ?? t`somebody`}`} items={itemsOf(message)} open={setAct} />}
        empty={t`No message matches this.`}
      />
      <ReasonDialog act={act} onClose={() => setAct(undefined)} />
      <Modal
        opened={read !== undefined}
        onClose={() => setRead(undefined)}
        title={t`What it said`}
        closeButtonProps={{ 'aria-label': t`Close` }}
      >
        {read && <Deleted message={read} />}
      </Modal>
    </>
  );
}

function Text({ message }: { message: NamedMessage }) {
  const { body, deletedAt, deletedReason } = message;
  if (deletedAt !== null)
    return (
      <span className={styles.hint}>
        {t`Deleted`}
        {deletedReason ? `: ${deletedReason}` : ''}
      </span>
    );
  if (body === null) return <span className={styles.hint}>{t`Said in a room that you are not in`}</span>;
  return <span className={styles.said}>{saidIn({ ...message, body }) || t`Files alone`}</span>;
}

function Deleted({ message }: { message: DeletedMessage }) {
  return (
    <div className={styles.form}>
      <blockquote className={styles.said}>{message.body || t`It had files alone.`}</blockquote>
      {message.versions.map(({ version, body }) => (
        <p key={version} className={styles.hint}>
          {t`Before that: ${body}`}
        </p>
      ))}
      <p className={styles.hint}>
        <Trans>
          Kept until <Time at={message.keptUntil} />. The room was told that you read it.
        </Trans>
      </p>
    </div>
  );
}

const countOf = (messages: readonly NamedMessage[]) => plural(messages.length, { one: 'this message', other: '# messages' });

const remove = (messages: readonly NamedMessage[]): Act => ({
  title: t`Delete ${countOf(messages)}?`,
  detail: t`What it says goes from the room and from its search. The room sees that you deleted it, and your reason.`,
  verb: t`Delete`,
  isDangerous: true,
  targets: messages.map(({ id, authorUsername }) => ({ id, name: authorUsername ?? id })),
  run: (id, { reason }) => admin.removeMessage(id, reason),
  done: plural(messages.length, { one: 'The message is deleted.', other: '# messages are deleted.' }),
});

const readDeleted = (message: NamedMessage, show: (message: DeletedMessage) => void): Act => ({
  title: t`Read a deleted message?`,
  detail: t`Its room is told that you read it, and your reason.`,
  verb: t`Read`,
  targets: [{ id: message.id, name: message.authorUsername ?? message.id }],
  run: async (id, { reason }) => show(await admin.deletedMessage(id, reason)),
  done: t`The room was told.`,
});

const readRooms = (show: (reason: string) => void): Act => ({
  title: t`Read what these rooms say?`,
  detail: t`Each room of the list that you are not in is told that you read there, and your reason.`,
  verb: t`Read`,
  targets: [{ id: 'list', name: t`the list` }],
  run: (_id, { reason }) => Promise.resolve(show(reason)),
  done: t`The rooms are told.`,
});
