import { plural, t } from '@lingui/core/macro';
import { AtriumError } from '@atrium/client';
import type { Draft, ScheduledMessage } from '@atrium/contracts';
import { Button, Textarea } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import { showError, showToast } from '../kit/toasts.tsx';
import { keepDraft, placeOf } from '../writing/drafts.ts';
import { PanelSkeleton } from '../kit/loading.tsx';
import { Problem } from '../kit/problem.tsx';
import { useRooms } from '../live/use-live.ts';
import { BackLink } from '../kit/back-link.tsx';
import { client } from '../session/client.ts';
import { useMe } from '../session/use-session.ts';
import page from '../kit/overview.module.css';
import { MessageText } from '../messages/message-body.tsx';
import { isKnownName } from '../messages/named.ts';
import styles from './ahead-page.module.css';
import { TimeDialog } from './time-dialog.tsx';
import { useScheduled } from './use-scheduled.ts';
import { whenText } from './when-text.ts';
import { problemText } from '../language/problem-text.ts';

/** Where one goes to write there. */
const pathOf = ({ roomId, parentId }: { roomId: string; parentId?: string | undefined }): string =>
  `/rooms/${roomId}${parentId === undefined ? '' : `/thread/${parentId}`}`;

/** What one has written and not sent: messages that go out later, and drafts. */
export function AheadPage() {
  const scheduled = useScheduled();
  const drafts = useQuery({ queryKey: ['drafts'], queryFn: async () => (await client.ahead.drafts()).items });
  const items = drafts.data ?? [];
  const isEmpty = scheduled.isSuccess && drafts.isSuccess && scheduled.items.length + items.length === 0;
  const failed = scheduled.error ?? drafts.error;
  return (
    <div className={page.page}>
      <BackLink to="/rooms">{t`All rooms`}</BackLink>
      <h1>{t`Drafts and scheduled messages`}</h1>
      {(scheduled.isPending || drafts.isPending) && <PanelSkeleton />}
      {failed && (
        <Problem
          title={t`They cannot be shown`}
          detail={problemText(failed)}
          action={t`Try again`}
          onAction={() => void Promise.all([scheduled.refetch(), drafts.refetch()])}
        />
      )}
      {isEmpty && (
        <Problem
          icon={<IconPencil size={22} stroke={1.7} />}
          title={t`Nothing waits here`}
          detail={t`What you begin to write is kept here over all of your devices, and what you send later, by the arrow beside Send.`}
        />
      )}
      {scheduled.items.length > 0 && (
        <section aria-labelledby="scheduled">
          <h2 id="scheduled" className={styles.heading}>
            {t`Scheduled`}
          </h2>
          <ul className={page.list} aria-label={t`Scheduled messages`}>
            {scheduled.items.map((item) => (
              <Scheduled key={item.id} item={item} />
            ))}
          </ul>
        </section>
      )}
      {items.length > 0 && (
        <section aria-labelledby="drafts">
          <h2 id="drafts" className={styles.heading}>
            {t`Drafts`}
          </h2>
          <ul className={page.list} aria-label={t`Drafts`}>
            {items.map((draft) => (
              <Begun key={draft.parentId ?? draft.roomId} draft={draft} />
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}

function RoomName({ roomId, parentId }: { roomId: string; parentId?: string | undefined }) {
  const room = useRooms().find(({ id }) => id === roomId);
  return (
    <span className={page.author}>
      {room?.name ?? t`A room you are not in`}
      {parentId !== undefined && <span className={styles.place}>{t`in a thread`}</span>}
    </span>
  );
}

function Begun({ draft }: { draft: Draft }) {
  const me = useMe();
  return (
    <li className={page.item}>
      <header>
        <RoomName {...draft} />
      </header>
      <MessageText text={draft.body} isNamed={isKnownName} />
      <footer>
        <Link to={pathOf(draft)}>{t`Go on writing`}</Link>
        <button
          type="button"
          onClick={() =>
            client.ahead
              .keepDraft(draft.roomId, { body: '', parentId: draft.parentId })
              .then(() => keepDraft(placeOf(me.id, draft.roomId, draft.parentId), ''), showError)
          }
        >
          {t`Discard`}
        </button>
      </footer>
    </li>
  );
}

function Scheduled({ item }: { item: ScheduledMessage }) {
  const [act, setAct] = useState<'time' | 'words'>();
  const done = (words: string) => (): void => showToast(words);
  const change = (changes: { sendAt?: string; body?: string }): Promise<boolean> =>
    client.ahead.reschedule(item.id, changes).then(
      ({ sendAt }) => {
        showToast(t`Will be sent ${whenText(sendAt, Date.now())}.`);
        return true;
      },
      (error: unknown) => {
        showError(error);
        return false;
      },
    );
  return (
    <li className={page.item}>
      <header>
        <RoomName {...item} />
        <span className={page.time}>{item.failure ? t`was not sent` : whenText(item.sendAt, Date.now())}</span>
      </header>
      {item.failure && (
        <p className={styles.failure} role="alert">
          {problemText(new AtriumError({ status: 0, ...item.failure }))}
        </p>
      )}
      {act === 'words' ? (
        <Words item={item} change={change} onClose={() => setAct(undefined)} />
      ) : (
        <MessageText text={item.body} isNamed={isKnownName} />
      )}
      {item.fileIds.length > 0 && <p className={page.time}>{plural(item.fileIds.length, { one: '# file', other: '# files' })}</p>}
      <footer>
        <button type="button" onClick={() => client.ahead.sendScheduled(item.id).then(done(t`Sent.`), showError)}>
          {t`Send now`}
        </button>
        <button type="button" onClick={() => setAct('time')}>
          {t`Change the time`}
        </button>
        <button type="button" onClick={() => setAct('words')}>
          {t`Edit`}
        </button>
        <button type="button" onClick={() => client.ahead.unschedule(item.id).then(done(t`Cancelled.`), showError)}>
          {t`Cancel`}
        </button>
      </footer>
      {act === 'time' && (
        <TimeDialog
          title={t`Send at another time`}
          button={t`Save`}
          at={new Date(item.sendAt)}
          onChoose={(at) => change({ sendAt: at.toISOString() })}
          onClose={() => setAct(undefined)}
        />
      )}
    </li>
  );
}

type WordsProps = { item: ScheduledMessage; change: (changes: { body: string }) => Promise<boolean>; onClose: () => void };

function Words({ item, change, onClose }: WordsProps) {
  const [body, setBody] = useState(item.body);
  const save = async (): Promise<void> => {
    if (await change({ body })) onClose();
  };
  return (
    <form
      className={styles.words}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <Textarea aria-label={t`Edit message`} autosize minRows={2} value={body} onChange={(event) => setBody(event.currentTarget.value)} />
      <Button type="submit" size="xs">
        {t`Save`}
      </Button>
      <Button size="xs" variant="default" onClick={onClose}>
        {t`Leave it`}
      </Button>
    </form>
  );
}
