import { plural, t } from '@lingui/core/macro';
import type { Message } from '@atrium/contracts';
import { Button, Checkbox, Modal, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useForm } from '../kit/use-form.ts';
import { client } from '../session/client.ts';
import { useMe } from '../session/use-session.ts';
import styles from './delete-dialog.module.css';

/** Asks before a message is deleted; and a moderator, why. */
export function DeleteDialog({ message, onClose }: { message: Message; onClose: () => void }) {
  const me = useMe();
  const own = message.authorId === me.id;
  const [reason, setReason] = useState('');
  const [files, setFiles] = useState(false);
  const form = useForm(async () => {
    await client.messages.remove(message.roomId, message.id, own ? { files } : { reason, files });
    onClose();
  });
  return (
    <Modal opened onClose={onClose} title={t`Delete this message?`} closeButtonProps={{ 'aria-label': t`Close` }}>
      <form onSubmit={form.submit}>
        <p className={styles.hint}>{t`It will be gone for everyone; that it was there stays visible. This cannot be undone.`}</p>
        {!own && (
          <TextInput
            label={t`Reason`}
            description={t`Everyone in the room sees it`}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
            maxLength={200}
            required
            data-autofocus
            error={form.errorOf('reason')}
          />
        )}
        {message.files.length > 0 && (
          <Checkbox
            className={styles.files}
            label={plural(message.files.length, { one: 'Delete its file, too', other: 'Delete its files, too' })}
            checked={files}
            onChange={(event) => setFiles(event.currentTarget.checked)}
          />
        )}
        {form.failure && (
          <p className={styles.failure} role="alert">
            {form.failure}
          </p>
        )}
        <div className={styles.buttons}>
          <Button type="submit" color="red" loading={form.busy}>
            {t`Delete`}
          </Button>
          <Button variant="default" onClick={onClose}>
            {t`Keep`}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
