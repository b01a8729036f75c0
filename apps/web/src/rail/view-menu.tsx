import { t } from '@lingui/core/macro';
import { ActionIcon, Menu } from '@mantine/core';
import { IconAdjustmentsHorizontal } from '@tabler/icons-react';
import { useState } from 'react';
import { addSection } from './own-sections.ts';
import { SectionNameDialog } from './section-name-dialog.tsx';
import { railWishes, useRailWish } from '../live/use-rail-wish.ts';

/** In which order rooms are listed, and which. */
export function ViewMenu() {
  const wish = useRailWish();
  const [naming, setNaming] = useState(false);
  return (
    <>
      <Menu position="bottom-end" width={200} defaultOpened>
        <Menu.Target>
          <ActionIcon size={24} aria-label={t`How rooms are listed`} data-on={wish.unreadOnly || undefined}>
            <IconAdjustmentsHorizontal size={15} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.RadioItem value="activity" checked={wish.order === 'activity'} onChange={() => railWishes.change({ order: 'activity' })}>
            {t`Latest first`}
          </Menu.RadioItem>
          <Menu.RadioItem value="name" checked={wish.order === 'name'} onChange={() => railWishes.change({ order: 'name' })}>
            {t`By name`}
          </Menu.RadioItem>
          <Menu.Divider />
          <Menu.CheckboxItem checked={wish.unreadOnly} onChange={(unreadOnly) => railWishes.change({ unreadOnly })}>
            {t`Unread only`}
          </Menu.CheckboxItem>
          <Menu.Divider />
          <Menu.Item onClick={() => setNaming(true)}>{t`New section…`}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {naming && (
        <SectionNameDialog
          title={t`A new section`}
          button={t`Create`}
          onChoose={(name) => void addSection(name)}
          onClose={() => setNaming(false)}
        />
      )}
    </>
  );
}
