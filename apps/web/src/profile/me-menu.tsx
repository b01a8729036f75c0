import { t } from '@lingui/core/macro';
import { Menu, useMantineColorScheme, type MantineColorScheme } from '@mantine/core';
import {
  IconCheck,
  IconCoins,
  IconKeyboard,
  IconLanguage,
  IconLogout,
  IconMoodSmile,
  IconShieldCog,
  IconUserCircle,
} from '@tabler/icons-react';
import { Suspense, lazy, useRef, useState } from 'react';
import { Link } from 'react-router';
import { showError } from '../kit/toasts.tsx';
import { openKeys } from '../kit/shortcuts.ts';
import { returnFocus } from '../kit/focus.ts';
import { client } from '../session/client.ts';
import { session } from '../session/session-store.ts';
import { useMe } from '../session/use-session.ts';
import { MeButton } from './me-button.tsx';

const StatusDialog = lazy(() => import('./status-dialog.tsx').then((m) => ({ default: m.StatusDialog })));

const schemes = () =>
  [
    { value: 'auto', label: t`As the system` },
    { value: 'light', label: t`Light` },
    { value: 'dark', label: t`Dark` },
  ] as const satisfies { value: MantineColorScheme; label: string }[];
const presences = () =>
  [
    { value: 'auto', label: t`Online when active` },
    { value: 'away', label: t`Away` },
    { value: 'dnd', label: t`Do not disturb` },
  ] as const;

/** Presence, credits, colours, out. */
export function MeMenu() {
  const me = useMe();
  const button = useRef<HTMLButtonElement>(null);
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const setPresence = (presence: ReturnType<typeof presences>[number]['value']): void => {
    client.me.update({ presence }).then((user) => session.update(user), showError);
  };
  const [saying, setSaying] = useState(false);
  return (
    <>
      <Menu position="top-start" width={248} defaultOpened returnFocus={false} onClose={() => returnFocus(button.current)}>
        <Menu.Target>
          <MeButton ref={button} />
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconMoodSmile size={16} />} onClick={() => setSaying(true)}>
            {t`Set a status`}
          </Menu.Item>
          <Menu.Item component={Link} to="/profile" leftSection={<IconUserCircle size={16} />}>
            {t`Profile`}
          </Menu.Item>
          <Menu.Item component={Link} to="/profile#language" leftSection={<IconLanguage size={16} />}>
            {t`Language`}
          </Menu.Item>
          <Menu.Item component={Link} to="/profile/credits" leftSection={<IconCoins size={16} />}>
            {t`Credits`}
          </Menu.Item>
          {me.role === 'admin' && (
            <Menu.Item component={Link} to="/admin" leftSection={<IconShieldCog size={16} />}>
              {t`Administration`}
            </Menu.Item>
          )}
          <Menu.Item leftSection={<IconKeyboard size={16} />} onClick={openKeys}>
            {t`Keyboard`}
          </Menu.Item>
          <Menu.Divider />
          <Choices label={t`Presence`} choices={presences()} value={me.presence} choose={setPresence} />
          <Menu.Divider />
          <Choices label={t`Colours`} choices={schemes()} value={colorScheme} choose={setColorScheme} />
          <Menu.Divider />
          <Menu.Item leftSection={<IconLogout size={16} />} onClick={() => void client.auth.logOut().catch(showError)}>
            {t`Sign out`}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {saying && (
        <Suspense fallback={null}>
          <StatusDialog me={me} onClose={() => setSaying(false)} />
        </Suspense>
      )}
    </>
  );
}

type ChoicesProps<T extends string> = {
  label: string;
  choices: readonly { value: T; label: string }[];
  value: T;
  choose: (value: T) => void;
};

function Choices<T extends string>({ label, choices, value, choose }: ChoicesProps<T>) {
  return (
    <div role="group" aria-label={label}>
      <Menu.Label aria-hidden>{label}</Menu.Label>
      {choices.map((choice) => (
        <Menu.RadioItem
          key={choice.value}
          value={choice.value}
          checked={choice.value === value}
          onChange={() => choose(choice.value)}
          checkIcon={<IconCheck size={16} />}
          closeMenuOnClick
        >
          {choice.label}
        </Menu.RadioItem>
      ))}
    </div>
  );
}
