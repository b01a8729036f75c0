import { t } from '@lingui/core/macro';
import { ActionIcon, Button } from '@mantine/core';
import type { FileRecord } from '@atrium/contracts';
import { IconArrowLeft, IconDownload } from '@tabler/icons-react';
import { Link, useNavigate } from 'react-router';
import { showError } from '../kit/toasts.tsx';
import { PersonName } from '../people/person-name.tsx';
import type { JoinedRoom } from '../room/joined-room.ts';
import { Time } from '../time/time.tsx';
import { linkToFile } from '../attachments/citation-place.ts';
import { download } from '../attachments/download.ts';
import { FileMenu } from './file-menu.tsx';
import { FileTitle } from './file-title.tsx';
import styles from './file-view.module.css';
import { sizeText } from '../attachments/size-text.ts';
import { VersionMenu } from './version-menu.tsx';

export function FileHeader({ file, room }: { file: FileRecord; room: JoinedRoom }) {
  const navigate = useNavigate();
  return (
    <header className={styles.header}>
      <ActionIcon component={Link} to={`/rooms/${room.id}/files`} aria-label={t`Back to the files`} size={40}>
        <IconArrowLeft size={20} stroke={1.7} />
      </ActionIcon>
      <FileTitle as="h1" name={file.name}>
        {room.name} · {sizeText(file.size)} · <PersonName userId={file.uploaderId} /> · <Time at={file.createdAt} />
      </FileTitle>
      <VersionMenu file={file} linkTo={(fileId) => linkToFile(room.id, { fileId })} />
      {!file.threat && (
        <Button
          className={styles.download}
          size="xs"
          variant="default"
          leftSection={<IconDownload size={15} />}
          onClick={() => void download(file).catch(showError)}
        >
          {t`Download`}
        </Button>
      )}
      <FileMenu file={file} room={room} onDeleted={() => void navigate(`/rooms/${room.id}/files`, { replace: true })} />
    </header>
  );
}
