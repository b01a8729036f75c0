import { t } from '@lingui/core/macro';
import { ActionIcon, Menu } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconDots, IconPencil, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { removeSection, renameSection, shiftSection } from './own-sections.ts';
import { SectionNameDialog } from './section-name-dialog.tsx';
import { useRailWish } from '../live/use-rail-wish.ts';

const ICON = { size: 16, stroke: 1.7, 'aria-hidden': true } as const;

/** What one does with a section one made. */
export function SectionMenu({ id, title }: { id: string; title: string }) {
  const [naming, setNaming] = useState(false);
  const { own } = useRailWish();
  const index = own.findIndex((section) => section.id === id);
  return (
    <>
      <Menu position="bottom-end" width={200} defaultOpened>
        <Menu.Target>
          <ActionIcon size={24} aria-label={t`Section ${title}`}>
            <IconDots size={15} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconPencil {...ICON} />} onClick={() => setNaming(true)}>
            {t`Rename…`}
          </Menu.Item>
          <Menu.Item leftSection={<IconArrowUp {...ICON} />} disabled={index <= 0} onClick={() => void shiftSection(id, -1)}>
            {t`Move up`}
          </Menu.Item>
          <Menu.Item leftSection={<IconArrowDown {...ICON} />} disabled={index >= own.length - 1} onClick={() => void shiftSection(id, 1)}>
            {t`Move down`}
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item leftSection={<IconTrash {...ICON} />} color="var(--danger)" onClick={() => void removeSection(id)}>
            {t`Remove section`}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {naming && (
        <SectionNameDialog
          title={t`Rename the section`}
          button={t`Save`}
          name={title}
          onChoose={(name) => void renameSection(id, name)}
          onClose={() => setNaming(false)}
        />
      )}
    </>
  );
}
