import { t } from '@lingui/core/macro';
import { isInRoom } from '@atrium/client';
import { Button, Group, Modal, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useNavigate } from 'react-router';
import type { JoinedRoom } from '../room/joined-room.ts';
import { client } from '../session/client.ts';
import { dayKey } from '../time/format.ts';
import { problemText } from '../language/problem-text.ts';

/** A day of the reader's own calendar, from its first moment. */
const startOf = (day: string): Date => new Date(`${day}T00:00`);

function daysAgo(days: number): string {
  const date = new Date();
  date.setDate(date.getDate() - days);
  return dayKey(date.toISOString());
}

/** Goes to the first message of a day, or the next one after it. */
export function DateDialog({ room, onClose }: { room: JoinedRoom; onClose: () => void }) {
  const navigate = useNavigate();
  const [day, setDay] = useState(() => daysAgo(0));
  const [failure, setFailure] = useState<string>();
  const [busy, setBusy] = useState(false);
  const first = dayKey(room.createdAt);
  const shortcuts = [
    { label: t`Yesterday`, day: daysAgo(1) },
    { label: t`A week ago`, day: daysAgo(7) },
    { label: t`The beginning`, day: first },
  ].filter(({ day: one }) => one >= first);

  const jump = async (to: string): Promise<void> => {
    if (Number.isNaN(startOf(to).getTime())) return setFailure(t`Choose a day.`);
    setBusy(true);
    try {
      const since = startOf(to).toISOString();
      const { items } = await client.messages.page(room.id, { since, limit: 20 });
      // What answers a message stands in its thread: the room shows what stands beside it.
      const inRoom = items.filter(isInRoom);
      const found = inRoom.find(({ createdAt }) => createdAt >= since) ?? inRoom.at(-1);
      if (!found) return setFailure(t`Nothing was said here yet.`);
      onClose();
      await navigate(`/rooms/${room.id}?at=${found.seq}`);
    } catch (error) {
      setFailure(problemText(error));
    } finally {
      setBusy(false);
    }
  };
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    void jump(day);
  };
  return (
    <Modal opened onClose={onClose} title={t`Jump to a date`} closeButtonProps={{ 'aria-label': t`Close` }}>
      <form noValidate onSubmit={onSubmit}>
        <TextInput
          type="date"
          label={t`Day`}
          value={day}
          min={first}
          max={daysAgo(0)}
          onChange={(event) => {
            setDay(event.currentTarget.value);
            setFailure(undefined);
          }}
          error={failure}
          data-autofocus
        />
        <Group gap="xs" mt="sm">
          {shortcuts.map(({ label, day: one }) => (
            <Button key={label} size="xs" variant="default" onClick={() => void jump(one)}>
              {label}
            </Button>
          ))}
        </Group>
        <Group justify="flex-end" gap="xs" mt="md">
          <Button variant="default" onClick={onClose}>
            {t`Cancel`}
          </Button>
          <Button type="submit" loading={busy}>
            {t`Jump`}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
