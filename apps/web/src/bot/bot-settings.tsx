import { t } from '@lingui/core/macro';
import type { Reminder } from '@atrium/contracts';
import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { queryClient } from '../kit/query-client.ts';
import { showError } from '../kit/toasts.tsx';
import { type JoinedRoom, isModerator } from '../room/joined-room.ts';
import { client } from '../session/client.ts';
import { exactTime } from '../time/format.ts';
import styles from './bot-settings.module.css';
import { KeywordEditor } from './keyword-editor.tsx';
import { remindersQuery } from './told-reminders.ts';
import { WebhookEditor } from './webhook-editor.tsx';

/** What the bot keeps for a room: one's own reminders for all, the rest for who leads it. */
export function BotSettings({ room }: { room: JoinedRoom }) {
  return (
    <>
      <ReminderList roomId={room.id} />
      {isModerator(room) && <KeywordEditor roomId={room.id} />}
      {isModerator(room) && <WebhookEditor roomId={room.id} />}
    </>
  );
}

/** One's own reminders in a room. */
function ReminderList({ roomId }: { roomId: string }) {
  const { data } = useQuery(remindersQuery(roomId));
  const open = data?.items.filter((reminder) => reminder.firedAt === null || reminder.repeats !== null) ?? [];
  return (
    <section className={styles.section} aria-label={t`Your reminders`}>
      <h3>{t`Your reminders here`}</h3>
      {open.length === 0 && <p className={styles.hint}>{t`None. Write /remind in 20 min stretch, or /remind room tomorrow 9 stand-up.`}</p>}
      <ul className={styles.list} aria-label={t`Reminders`}>
        {open.map((reminder) => (
          <ReminderRow key={reminder.id} reminder={reminder} />
        ))}
      </ul>
    </section>
  );
}

function ReminderRow({ reminder: { id, roomId, text, dueAt, repeats, forRoom } }: { reminder: Reminder }) {
  const cancel = useMutation({
    mutationFn: () => client.bot.cancelReminder(roomId, id),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['reminders', roomId] }),
    onError: showError,
  });
  return (
    <li>
      <div>
        <strong dir="auto">{text}</strong>
        <p>
          {exactTime(dueAt)}
          {repeats !== null && `, ${repeats}`}
          {forRoom && t`, for the room`}
        </p>
      </div>
      <Button
        variant="subtle"
        size="compact-sm"
        aria-label={t`Cancel the reminder ${text}`}
        loading={cancel.isPending}
        onClick={() => cancel.mutate()}
      >
        {t`Cancel`}
      </Button>
    </li>
  );
}
