import { t } from '@lingui/core/macro';
import { Menu } from '@mantine/core';
import {
  IconBell,
  IconBellOff,
  IconCalendar,
  IconFiles,
  IconFolder,
  IconFolderMinus,
  IconFolderPlus,
  IconLink,
  IconLogout,
  IconMailOpened,
  IconMessageCircle,
  IconPin,
  IconSearch,
  IconSettings,
  IconStar,
  IconStarOff,
  IconUserCircle,
  IconUsers,
} from '@tabler/icons-react';
import { type ReactElement, useState } from 'react';
import { Link } from 'react-router';
import { showError } from '../kit/toasts.tsx';
import { live } from '../live/live.ts';
import { useRailWish } from '../live/use-rail-wish.ts';
import { openCard } from '../people/person-button.tsx';
import { useOnlyOther } from '../direct/people.tsx';
import type { JoinedRoom } from '../room/joined-room.ts';
import { copyLinkOf } from '../room/room-link.ts';
import { client } from '../session/client.ts';
import { DateDialog } from './date-dialog.tsx';
import { moveRoom, moveToNewSection } from './own-sections.ts';
import { SectionNameDialog } from './section-name-dialog.tsx';

const allPlaces = () => [
  { to: 'search?here=1', label: t`Search in this room`, Icon: IconSearch },
  { to: 'threads', label: t`Threads`, Icon: IconMessageCircle },
  { to: 'pins', label: t`Pins`, Icon: IconPin },
  { to: 'files', label: t`Files`, Icon: IconFiles },
  { to: 'members', label: t`Members`, Icon: IconUsers },
  { to: 'settings', label: t`Settings`, Icon: IconSettings },
];
const ICON = { size: 16, stroke: 1.7, 'aria-hidden': true } as const;

/** `places`: with the doors of the room's header, where there is no space for them. */
type RoomMenuProps = { room: JoinedRoom; places?: boolean; children: ReactElement; onClose?: () => void };

/** What one does with a room as a whole. */
export function RoomMenu({ room, places = false, children, onClose }: RoomMenuProps) {
  const [seeking, setSeeking] = useState(false);
  const [naming, setNaming] = useState(false);
  const { me } = room;
  const other = useOnlyOther(room);
  const isMuted = me.notify === 'nothing';
  const act = (promise: Promise<unknown>): void => void promise.catch(showError);
  const markRead = async (): Promise<void> => void live.rooms.read(await client.messages.read(room.id, { seq: room.lastSeq }));
  return (
    <>
      <Menu position="bottom-start" width={240} defaultOpened onClose={() => onClose?.()}>
        <Menu.Target>{children}</Menu.Target>
        <Menu.Dropdown aria-label={t`About ${room.name}`}>
          {places &&
            allPlaces().map(({ to, label, Icon }) => (
              <Menu.Item key={to} component={Link} to={`/rooms/${room.id}/${to}`} leftSection={<Icon {...ICON} />}>
                {label}
              </Menu.Item>
            ))}
          {places && <Menu.Divider />}
          {other && (
            <Menu.Item leftSection={<IconUserCircle {...ICON} />} onClick={() => openCard({ userId: other.id, roomId: undefined })}>
              {t`About ${other.displayName}`}
            </Menu.Item>
          )}
          {me.unread > 0 && (
            <Menu.Item leftSection={<IconMailOpened {...ICON} />} onClick={() => act(markRead())}>
              {t`Mark as read`}
            </Menu.Item>
          )}
          <Menu.Item leftSection={<IconCalendar {...ICON} />} onClick={() => setSeeking(true)}>
            {t`Jump to a date…`}
          </Menu.Item>
          <Menu.Item
            leftSection={me.favourite ? <IconStarOff {...ICON} /> : <IconStar {...ICON} />}
            onClick={() => act(client.rooms.favour(room.id, !me.favourite).then(() => live.rooms.favour(room.id, !me.favourite)))}
          >
            {me.favourite ? t`Remove from favourites` : t`Add to favourites`}
          </Menu.Item>
          <Menu.Item
            leftSection={isMuted ? <IconBell {...ICON} /> : <IconBellOff {...ICON} />}
            onClick={() =>
              act(
                client.notifications
                  .setRoomLevel(room.id, { level: isMuted ? 'default' : 'nothing' })
                  .then((level) => live.rooms.notify(level)),
              )
            }
          >
            {isMuted ? t`Unmute` : t`Mute`}
          </Menu.Item>
          <MoveItems roomId={room.id} onNew={() => setNaming(true)} />
          <Menu.Item leftSection={<IconLink {...ICON} />} onClick={() => void copyLinkOf(room)}>
            {t`Copy link`}
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item component={Link} to={`/rooms/${room.id}/leave`} color="var(--danger)" leftSection={<IconLogout {...ICON} />}>
            {t`Leave…`}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {seeking && <DateDialog room={room} onClose={() => setSeeking(false)} />}
      {naming && (
        <SectionNameDialog
          title={t`A new section`}
          button={t`Create`}
          onChoose={(name) => void moveToNewSection(room.id, name)}
          onClose={() => setNaming(false)}
        />
      )}
    </>
  );
}

/** Where in the list of rooms one wants a room: part of its menu. */
function MoveItems({ roomId, onNew }: { roomId: string; onNew: () => void }) {
  const { own } = useRailWish();
  const here = own.find(({ roomIds }) => roomIds.includes(roomId));
  return (
    <>
      {own
        .filter((section) => section !== here)
        .map(({ id, name }) => (
          <Menu.Item key={id} leftSection={<IconFolder {...ICON} />} onClick={() => void moveRoom(roomId, id)}>
            {t`Move to ${name}`}
          </Menu.Item>
        ))}
      {here && (
        <Menu.Item leftSection={<IconFolderMinus {...ICON} />} onClick={() => void moveRoom(roomId, undefined)}>
          {t`Take out of ${here.name}`}
        </Menu.Item>
      )}
      <Menu.Item leftSection={<IconFolderPlus {...ICON} />} onClick={onNew}>
        {t`Move to a new section…`}
      </Menu.Item>
    </>
  );
}
