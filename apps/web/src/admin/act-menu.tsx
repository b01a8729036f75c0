import { t } from '@lingui/core/macro';
import { ActionIcon, Menu } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import type { Act } from './reason-dialog.tsx';

export type MenuItem = { label: string; isDangerous?: boolean } & ({ act: Act } | { go: () => void });

/** What can be done with one row. */
export function ActMenu({ name, items, open }: { name: string; items: MenuItem[]; open: (act: Act) => void }) {
  return (
    <Menu position="bottom-end" width={220}>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={t`Acts on ${name}`}>
          <IconDots size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {items.map((item) => (
          <Menu.Item
            key={item.label}
            color={item.isDangerous ? 'var(--danger)' : undefined}
            onClick={() => ('act' in item ? open(item.act) : item.go())}
          >
            {item.label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
