import { t } from '@lingui/core/macro';
import type { RoomNotify } from '@atrium/contracts';
import { Menu } from '@mantine/core';
import { showError } from '../kit/toasts.tsx';
import { live } from '../live/live.ts';
import type { JoinedRoom } from '../room/joined-room.ts';
import { client } from '../session/client.ts';
import { LevelIcon } from './level-icon.tsx';

const levels = () =>
  [
    { value: 'default', label: t`As in my preferences` },
    { value: 'all', label: t`Everything that concerns me` },
    { value: 'mentions', label: t`Only mentions` },
    { value: 'nothing', label: t`Nothing: mute it` },
  ] as const satisfies { value: RoomNotify['level']; label: string }[];
const HOUR_MS = 3_600_000;

/** What one is told of in this room. */
export function LevelMenu({ room }: { room: JoinedRoom }) {
  const level = room.me.roomNotify?.level ?? 'default';
  const set = (wish: RoomNotify): void =>
    void client.notifications.setRoomLevel(room.id, wish).then((level) => live.rooms.notify(level), showError);
  return (
    <Menu position="bottom-end" width={240} defaultOpened>
      <Menu.Target>
        <LevelIcon room={room} />
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label aria-hidden>{t`Tell me of`}</Menu.Label>
        {levels().map(({ value, label }) => (
          <Menu.RadioItem key={value} value={value} checked={level === value} onChange={() => set({ level: value })} closeMenuOnClick>
            {label}
          </Menu.RadioItem>
        ))}
        <Menu.Divider />
        <Menu.Item onClick={() => set({ level: 'nothing', until: new Date(Date.now() + HOUR_MS).toISOString() })}>
          {t`Mute for an hour`}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
