import { t } from '@lingui/core/macro';
import { AtriumError } from '@atrium/client';
import { ActionIcon, Button } from '@mantine/core';
import { IconArrowLeft, IconDownload, IconMessageQuestion, IconX } from '@tabler/icons-react';
import { Link, useLocation, useNavigate, useSearchParams } from 'react-router';
import { showError } from '../kit/toasts.tsx';
import { PanelHeader } from '../kit/panel.tsx';
import { PanelSkeleton } from '../kit/loading.tsx';
import { Problem } from '../kit/problem.tsx';
import type { JoinedRoom } from '../room/joined-room.ts';
import { cameFromPanel, linkToDocument, linkToFile, readPassage } from '../attachments/citation-place.ts';
import styles from './document-panel.module.css';
import { DocumentView } from './document-view.tsx';
import { download } from '../attachments/download.ts';
import { FileTitle } from './file-title.tsx';
import { sizeText } from '../attachments/size-text.ts';
import { useFile } from './use-files.ts';
import { VersionMenu } from './version-menu.tsx';
import { problemText } from '../language/problem-text.ts';

type DocumentPanelProps = { room: JoinedRoom; fileId: string; onClose: () => void };

/** A document beside the conversation, at the passage that the address names. */
export function DocumentPanel({ room, fileId, onClose }: DocumentPanelProps) {
  const file = useFile(room.id, fileId);
  const [search] = useSearchParams();
  const { state } = useLocation();
  const navigate = useNavigate();
  const passage = readPassage(search);
  const error = file.error && AtriumError.from(file.error);
  if (error || !file.data) {
    return (
      <>
        <PanelHeader title={t`Document`} onClose={onClose} />
        {error?.status === 404 && <Problem title={t`This file is not here`} detail={t`It was deleted, or it never was in this room.`} />}
        {error && error.status !== 404 && (
          <Problem
            title={t`The file cannot be shown`}
            detail={problemText(error)}
            action={t`Try again`}
            onAction={() => void file.refetch()}
          />
        )}
        {!error && <PanelSkeleton />}
      </>
    );
  }
  return (
    <>
      <header className={styles.header}>
        {cameFromPanel(state) && (
          <ActionIcon className={styles.sign} aria-label={t`Back`} onClick={() => void navigate(-1)}>
            <IconArrowLeft size={18} stroke={1.7} />
          </ActionIcon>
        )}
        <FileTitle as="h2" name={file.data.name}>
          {sizeText(file.data.size)}
        </FileTitle>
        <VersionMenu file={file.data} linkTo={(id) => linkToDocument(room.id, { fileId: id })} />
        <Button
          component={Link}
          to={linkToFile(room.id, { fileId, ...passage })}
          size="compact-sm"
          variant="light"
          leftSection={<IconMessageQuestion size={16} stroke={1.7} />}
          className={styles.ask}
        >
          {t`Ask this file`}
        </Button>
        {!file.data.threat && (
          <ActionIcon className={styles.sign} aria-label={t`Download`} onClick={() => void download(file.data).catch(showError)}>
            <IconDownload size={18} stroke={1.7} />
          </ActionIcon>
        )}
        <ActionIcon className={styles.sign} aria-label={t`Close document`} onClick={onClose}>
          <IconX size={18} stroke={1.7} />
        </ActionIcon>
      </header>
      <div className={styles.body}>
        <DocumentView
          key={file.data.version}
          file={file.data}
          room={room}
          passage={passage}
          linkTo={(id) => linkToDocument(room.id, { fileId: id })}
        />
      </div>
    </>
  );
}
