import { t } from '@lingui/core/macro';
import { Button, Modal } from '@mantine/core';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { showToast } from '../kit/toasts.tsx';
import { useForm } from '../kit/use-form.ts';
import { live } from '../live/live.ts';
import { client } from '../session/client.ts';
import type { JoinedRoom } from '../room/joined-room.ts';
import styles from './settings.module.css';

export function ArchiveRoom({ room }: { room: JoinedRoom }) {
  const navigate = useNavigate();
  const [asking, setAsking] = useState(false);
  const form = useForm(async () => {
    await client.rooms.archive(room.id);
    void navigate('/rooms', { replace: true });
    live.left(room.id);
    showToast(t`${room.name} is archived.`);
  });
  return (
    <section className={styles.section}>
      <Button variant="light" color="red" onClick={() => setAsking(true)}>
        {t`Archive this room`}
      </Button>
      <Modal
        opened={asking}
        onClose={() => setAsking(false)}
        title={t`Archive ${room.name}?`}
        closeButtonProps={{ 'aria-label': t`Close` }}
      >
        <p className={styles.hint}>{t`It goes from everyone’s list; nobody can write in it any more.`}</p>
        {form.failure && (
          <p className={styles.failure} role="alert">
            {form.failure}
          </p>
        )}
        <div className={styles.save}>
          <Button color="red" loading={form.busy} onClick={() => form.submit()}>
            {t`Archive`}
          </Button>
          <Button variant="default" onClick={() => setAsking(false)}>
            {t`Keep it`}
          </Button>
        </div>
      </Modal>
    </section>
  );
}
