import { t } from '@lingui/core/macro';
import { Button } from '@mantine/core';
import { IconLink, IconPaperclip, IconPencil } from '@tabler/icons-react';
import { type ChangeEvent, useRef } from 'react';
import { placeOf } from '../writing/drafts.ts';
import { uploads } from '../writing/uploads.ts';
import { askToWrite } from '../writing/use-type-anywhere.ts';
import { InviteDialog } from '../invites/invite-dialog.tsx';
import { type JoinedRoom, isModerator } from '../room/joined-room.ts';
import { copyLinkOf } from '../room/room-link.ts';
import { useMe } from '../session/use-session.ts';
import styles from './timeline.module.css';

/** What one does first where nothing was said yet: bring people, bring a file, say something. */
export function FirstSteps({ room }: { room: JoinedRoom }) {
  const me = useMe();
  const picker = useRef<HTMLInputElement>(null);
  const add = (event: ChangeEvent<HTMLInputElement>): void => {
    uploads.add(placeOf(me.id, room.id), room.id, [...(event.currentTarget.files ?? [])]);
    event.currentTarget.value = '';
    askToWrite();
  };
  return (
    <div className={styles.steps}>
      {isModerator(room) && room.kind !== 'direct' && <InviteDialog room={room} />}
      {room.kind !== 'direct' && (
        <Button variant="default" leftSection={<IconLink size={16} />} onClick={() => void copyLinkOf(room)}>
          {t`Copy link`}
        </Button>
      )}
      <Button variant="default" leftSection={<IconPaperclip size={16} />} onClick={() => picker.current?.click()}>
        {t`Add a file`}
      </Button>
      <Button variant="default" leftSection={<IconPencil size={16} />} onClick={askToWrite}>
        {t`Write`}
      </Button>
      <input ref={picker} type="file" multiple hidden onChange={add} aria-label={t`Files for the room`} />
    </div>
  );
}
