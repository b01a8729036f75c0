import { t } from '@lingui/core/macro';
import { remindAgain, type PersonalNote, type Reminder } from '@atrium/contracts';
import { queryClient } from '../kit/query-client.ts';
import { live } from '../live/live.ts';
import { client } from '../session/client.ts';

export const remindersQuery = (roomId: string) => ({
  queryKey: ['reminders', roomId],
  queryFn: () => client.bot.reminders(roomId),
});

/** Reminders that were told while this device was away, and that their owner has not put away. */
export async function showToldReminders(roomId: string): Promise<void> {
  const { items } = await queryClient.fetchQuery(remindersQuery(roomId));
  for (const reminder of items)
    if (reminder.firedAt !== null && reminder.repeats === null && !reminder.forRoom) live.notes.put(noteOf(reminder));
}

/** What was dismissed as a note is done as a reminder too. */
export function putAwayReminder({ id, roomId }: PersonalNote): void {
  const known = queryClient.getQueryData<{ items: Reminder[] }>(['reminders', roomId])?.items.find((one) => one.id === id);
  if (known?.repeats !== null) return;
  void client.bot.cancelReminder(roomId, id).then(() => queryClient.invalidateQueries({ queryKey: ['reminders', roomId] }));
}

const noteOf = ({ id, roomId, firedAt, text }: Reminder): PersonalNote => ({
  id,
  roomId,
  at: firedAt ?? new Date().toISOString(),
  body: `**Reminder**: ${text.replace(/[\\`*_[\]<>~|]/g, '\\$&')}`,
  links: [],
  buttons: remindAgain(text, { soon: t`In 20 minutes`, tomorrow: t`Tomorrow at 9` }),
});
