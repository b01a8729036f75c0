import { t } from '@lingui/core/macro';
import type { Message } from '@atrium/contracts';
import { Menu } from '@mantine/core';
import {
  IconArrowForwardUp,
  IconBlockquote,
  IconBookmark,
  IconBookmarkOff,
  IconDots,
  IconLink,
  IconMailOpened,
  IconPencil,
  IconPin,
  IconPinnedOff,
  IconTrash,
} from '@tabler/icons-react';
import { useState } from 'react';
import { copyMessageLink, markUnreadFrom, togglePin } from '../messages/acts.ts';
import { ForwardDialog } from '../quotes/forward-dialog.tsx';
import { quote } from '../quotes/quote.ts';
import type { JoinedRoom } from '../room/joined-room.ts';
import { isModerator, whyCannotPost } from '../room/joined-room.ts';
import { keepForLater, useIsSaved } from '../saved/use-saved.ts';
import { useMe } from '../session/use-session.ts';
import { DeleteDialog } from './delete-dialog.tsx';
import { editing, isEditable } from './editing.ts';

type MessageMenuProps = { message: Message; room: JoinedRoom; inThread: boolean };

/** What else can be done with a message. */
export function MessageMenu({ message, room, inThread }: MessageMenuProps) {
  const me = useMe();
  const saved = useIsSaved(message.id);
  const [asking, setAsking] = useState(false);
  const [forwarding, setForwarding] = useState(false);
  return (
    <>
      <Menu position="bottom-end" defaultOpened>
        <Menu.Target>
          <button type="button" aria-label={t`More actions`}>
            <IconDots size={17} stroke={1.7} aria-hidden />
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          {isEditable(message, room, me.id) && (
            <Menu.Item leftSection={<IconPencil size={16} />} onClick={() => editing.begin(message.id)}>
              {t`Edit`}
            </Menu.Item>
          )}
          {whyCannotPost(room, Date.now()) === undefined && (
            <Menu.Item leftSection={<IconBlockquote size={16} />} onClick={() => quote(message, { myId: me.id, inThread })}>
              {t`Quote`}
            </Menu.Item>
          )}
          <Menu.Item leftSection={<IconArrowForwardUp size={16} />} onClick={() => setForwarding(true)}>
            {t`Forward…`}
          </Menu.Item>
          <Menu.Item
            leftSection={saved ? <IconBookmarkOff size={16} /> : <IconBookmark size={16} />}
            onClick={() => keepForLater(message, !saved)}
          >
            {saved ? t`Remove from saved` : t`Save for later`}
          </Menu.Item>
          {matchMedia('(hover: none)').matches && <WithoutHover message={message} room={room} inThread={inThread} />}
          {(message.authorId === me.id || isModerator(room)) && (
            <Menu.Item color="var(--danger)" leftSection={<IconTrash size={16} />} onClick={() => setAsking(true)}>
              {t`Delete`}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      {forwarding && <ForwardDialog message={message} from={room} onClose={() => setForwarding(false)} />}
      {asking && <DeleteDialog message={message} onClose={() => setAsking(false)} />}
    </>
  );
}

/** What only a sign stands for elsewhere, which tells its name to who hovers over it. */
function WithoutHover({ message, room, inThread }: MessageMenuProps) {
  const pinned = message.pinnedAt !== undefined;
  return (
    <>
      {isModerator(room) && (
        <Menu.Item leftSection={pinned ? <IconPinnedOff size={16} /> : <IconPin size={16} />} onClick={() => togglePin(message)}>
          {pinned ? t`Unpin` : t`Pin`}
        </Menu.Item>
      )}
      <Menu.Item leftSection={<IconLink size={16} />} onClick={() => copyMessageLink(message)}>
        {t`Copy link`}
      </Menu.Item>
      {!inThread && (
        <Menu.Item leftSection={<IconMailOpened size={16} />} onClick={() => markUnreadFrom(message)}>
          {t`Mark unread from here`}
        </Menu.Item>
      )}
    </>
  );
}
