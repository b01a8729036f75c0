import { t } from '@lingui/core/macro';
import { ActionIcon } from '@mantine/core';
import { IconBell, IconBellOff } from '@tabler/icons-react';
import type { ComponentPropsWithRef } from 'react';
import type { JoinedRoom } from '../room/joined-room.ts';

/** A bell, struck through where nothing is told. */
export function LevelIcon({ room, ...button }: { room: JoinedRoom } & ComponentPropsWithRef<'button'>) {
  const Icon = room.me.notify === 'nothing' ? IconBellOff : IconBell;
  return (
    <ActionIcon {...button} aria-label={t`Notifications of this room`} size={32}>
      <Icon size={18} stroke={1.7} />
    </ActionIcon>
  );
}
