import { t } from '@lingui/core/macro';
import { ActionIcon, Menu } from '@mantine/core';
import { IconChevronDown, IconClock } from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'react-router';
import { TimeDialog } from './time-dialog.tsx';
import { clockTime } from '../time/format.ts';
import { suggestedTimes } from './when-text.ts';

/** When to send what is written. */
export function SendLaterMenu({ disabled, onChoose }: { disabled: boolean; onChoose: (at: Date) => Promise<boolean> }) {
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Menu position="top-end" width={280} defaultOpened returnFocus>
        <Menu.Target>
          <ActionIcon aria-label={t`Send later`} size={36} w={24}>
            <IconChevronDown size={16} stroke={1.8} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label aria-hidden>{t`Send later`}</Menu.Label>
          {suggestedTimes(new Date()).map(({ label, at }) => (
            <Menu.Item
              key={label}
              disabled={disabled}
              onClick={() => void onChoose(at)}
              rightSection={<small>{clockTime(at.toISOString())}</small>}
            >
              {label}
            </Menu.Item>
          ))}
          <Menu.Item disabled={disabled} leftSection={<IconClock size={16} aria-hidden />} onClick={() => setAsking(true)}>
            {t`At another time…`}
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item component={Link} to="/drafts">
            {t`Drafts and scheduled messages`}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {asking && <TimeDialog title={t`Send later`} button={t`Schedule`} onChoose={onChoose} onClose={() => setAsking(false)} />}
    </>
  );
}
