import { t } from '@lingui/core/macro';
import { Menu } from '@mantine/core';
import { IconFolder, IconFolderMinus, IconFolderPlus } from '@tabler/icons-react';
import { moveRoom } from './own-sections.ts';
import { useRailWish } from '../live/use-rail-wish.ts';

const ICON = { size: 16, stroke: 1.7, 'aria-hidden': true } as const;

/** Where in the list of rooms one wants a room: part of its menu. */
export function MoveItems({ roomId, onNew }: { roomId: string; onNew: () => void }) {
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
