import { t } from '@lingui/core/macro';
import { Button, Modal, NativeSelect, TextInput } from '@mantine/core';
import type { Member } from '@atrium/contracts';
import { useState } from 'react';
import { queryClient } from '../kit/query-client.ts';
import { useForm } from '../kit/use-form.ts';
import type { JoinedRoom } from '../room/joined-room.ts';
import { client } from '../session/client.ts';
import styles from '../people/members.module.css';

const HOUR = 3600;
const DAY = 24 * HOUR;
const TERMS = [
  { value: '600', label: '10 minutes' },
  { value: String(HOUR), label: '1 hour' },
  { value: String(DAY), label: '1 day' },
  { value: String(7 * DAY), label: '7 days' },
  { value: String(28 * DAY), label: '28 days' },
];
const forGood = () => ({ value: '', label: t`For good` });
const texts = () =>
  ({
    mute: { title: t`Mute`, hint: t`They read on, and cannot write, react, or upload until then.`, button: t`Mute` },
    ban: { title: t`Ban`, hint: t`They are taken out and cannot come back until then.`, button: t`Ban` },
  }) as const;

type TermDialogProps = { act: 'mute' | 'ban'; room: JoinedRoom; member: Member; open: boolean; close: () => void };

/** For how long, and why. */
export function TermDialog({ act, room, member, open, close }: TermDialogProps) {
  const [seconds, setSeconds] = useState(act === 'mute' ? '600' : '');
  const [reason, setReason] = useState('');
  const { title, hint, button } = texts()[act];
  const form = useForm(async () => {
    const term = { ...(seconds ? { seconds: Number(seconds) } : {}), ...(reason.trim() ? { reason: reason.trim() } : {}) };
    await client.moderation[act](room.id, member.id, term);
    void queryClient.invalidateQueries({ queryKey: ['members', room.id] });
    close();
  });
  return (
    <Modal opened={open} onClose={close} title={`${title} ${member.displayName}?`} closeButtonProps={{ 'aria-label': t`Close` }}>
      <form onSubmit={form.submit} className={styles.form}>
        <p className={styles.hint}>{hint}</p>
        <NativeSelect
          label={t`For how long`}
          value={seconds}
          onChange={(event) => setSeconds(event.currentTarget.value)}
          data={act === 'ban' ? [forGood(), ...TERMS] : TERMS}
          error={form.errorOf('seconds')}
        />
        <TextInput
          label={t`Reason`}
          description={t`Optional; they read it, and so does the room`}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          maxLength={200}
          error={form.errorOf('reason')}
        />
        {form.failure && (
          <p className={styles.failure} role="alert">
            {form.failure}
          </p>
        )}
        <div className={styles.buttons}>
          <Button type="submit" color="red" loading={form.busy}>
            {button}
          </Button>
          <Button variant="default" onClick={close}>
            {t`Cancel`}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
