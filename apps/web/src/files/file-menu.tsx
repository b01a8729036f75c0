import { t } from '@lingui/core/macro';
import { ActionIcon, Button, Menu, Modal } from '@mantine/core';
import type { FileRecord } from '@atrium/contracts';
import { IconDots, IconDownload, IconRefresh, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { showError } from '../kit/toasts.tsx';
import { useForm } from '../kit/use-form.ts';
import { refreshFile, removeFile } from '../live/entry-queries.ts';
import { type JoinedRoom, isModerator } from '../room/joined-room.ts';
import { client } from '../session/client.ts';
import { useMe } from '../session/use-session.ts';
import { download } from '../attachments/download.ts';
import { isRetryable } from '../attachments/file-status.ts';
import styles from './files-panel.module.css';

type FileMenuProps = { file: FileRecord; room: JoinedRoom; onDeleted?: () => void };

export function FileMenu({ file, room, onDeleted }: FileMenuProps) {
  const me = useMe();
  const [asking, setAsking] = useState(false);
  const mine = file.uploaderId === me.id || isModerator(room);
  const retry = (): void => void client.files.retry(room.id, file.id).then(() => refreshFile(room.id, file.id), showError);
  const removal = useForm(async () => {
    await client.files.remove(room.id, file.id);
    setAsking(false);
    onDeleted?.();
    removeFile(room.id, file.id);
  });
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon aria-label={t`Actions for ${file.name}`}>
            <IconDots size={18} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconDownload size={16} />} onClick={() => void download(file).catch(showError)}>
            {t`Download`}
          </Menu.Item>
          {mine && isRetryable(file.status) && (
            <Menu.Item leftSection={<IconRefresh size={16} />} onClick={retry}>
              {t`Read again`}
            </Menu.Item>
          )}
          {mine && (
            <Menu.Item color="var(--danger)" leftSection={<IconTrash size={16} />} onClick={() => setAsking(true)}>
              {t`Delete`}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      <Modal opened={asking} onClose={() => setAsking(false)} title={t`Delete this file?`} closeButtonProps={{ 'aria-label': t`Close` }}>
        <p className={styles.hint}>{t`${file.name}, its text and what was asked about it will be gone for everyone.`}</p>
        {removal.failure && (
          <p className={styles.failure} role="alert">
            {removal.failure}
          </p>
        )}
        <div className={styles.buttons}>
          <Button color="red" loading={removal.busy} onClick={() => removal.submit()}>
            {t`Delete`}
          </Button>
          <Button variant="default" onClick={() => setAsking(false)}>
            {t`Keep`}
          </Button>
        </div>
      </Modal>
    </>
  );
}
