import { t } from '@lingui/core/macro';
import type { FileRecord } from '@atrium/contracts';
import { AtriumError } from '@atrium/client';
import { ActionIcon, Button, SegmentedControl } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconArrowLeft, IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { download } from '../attachments/download.ts';
import { sizeText } from '../attachments/size-text.ts';
import { PageSkeleton } from '../kit/loading.tsx';
import { NotHere, Problem } from '../kit/problem.tsx';
import { showError } from '../kit/toasts.tsx';
import { PersonName } from '../people/person-name.tsx';
import type { JoinedRoom } from '../room/joined-room.ts';
import { linkToFile, readPassage } from '../attachments/citation-place.ts';
import { Time } from '../time/time.tsx';
import { DocumentView } from './document-view.tsx';
import { FileChat } from './file-chat.tsx';
import { isAskable } from '../attachments/file-status.ts';
import { FileMenu } from './file-menu.tsx';
import { FileTitle } from './file-title.tsx';
import styles from './file-view.module.css';
import { useFile } from './use-files.ts';
import { problemText } from '../language/problem-text.ts';
import { VersionMenu } from './version-menu.tsx';

type Side = 'document' | 'questions';

/** One file: the document on one side, the conversation with it on the other. */
export function FileView({ room, fileId }: { room: JoinedRoom; fileId: string }) {
  const file = useFile(room.id, fileId);
  const [search] = useSearchParams();
  const narrow = useMediaQuery('(max-width: 1023px)', undefined, { getInitialValueInEffect: false });
  const passage = readPassage(search);
  const [chosenSide, setSide] = useState<Side | undefined>(passage && 'document');
  const [shownPassage, setShownPassage] = useState(search.toString());
  // A citation was opened: on a narrow screen that means turning to the document.
  if (shownPassage !== search.toString()) {
    setShownPassage(search.toString());
    if (passage) setSide('document');
  }

  if (file.isPending) return <PageSkeleton />;
  if (file.isError) {
    const error = AtriumError.from(file.error);
    if (error.status === 404) return <NotHere what={t`This file`} detail={t`It was deleted, or it never was in this room.`} />;
    return (
      <Problem title={t`The file cannot be shown`} detail={problemText(error)} action={t`Try again`} onAction={() => void file.refetch()} />
    );
  }
  // Where there is only room for one: what can be asked is asked, what cannot says why on the document's side.
  const side = chosenSide ?? (isAskable(file.data.status) ? 'questions' : 'document');
  const showDocument = !narrow || side === 'document';
  const showQuestions = !narrow || side === 'questions';
  return (
    <div className={styles.view}>
      <FileHeader file={file.data} room={room} />
      {narrow && (
        <div className={styles.sides}>
          <SegmentedControl
            fullWidth
            aria-label={t`Side`}
            value={side}
            onChange={(value) => setSide(value === 'document' ? 'document' : 'questions')}
            data={[
              { value: 'document', label: t`Document` },
              { value: 'questions', label: t`Questions` },
            ]}
          />
        </div>
      )}
      <div className={styles.halves}>
        {showDocument && (
          <DocumentView
            key={file.data.version}
            file={file.data}
            room={room}
            passage={passage}
            linkTo={(id) => linkToFile(room.id, { fileId: id })}
          />
        )}
        {showQuestions && <FileChat file={file.data} room={room} />}
      </div>
    </div>
  );
}

function FileHeader({ file, room }: { file: FileRecord; room: JoinedRoom }) {
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
