import { Menu, useMantineColorScheme, type MantineColorScheme } from '@mantine/core';
import { IconCheck, IconCoins, IconDeviceDesktop, IconKeyboard, IconLogout, IconMoon, IconSun, IconUserCircle } from '@tabler/icons-react';
import { Link } from 'react-router';
import { showError } from '../app/toasts.tsx';
import { openKeys } from '../layout/keys-state.ts';
import { client } from '../session/client.ts';
import { session } from '../session/session-store.ts';
import { useMe } from '../session/use-session.ts';
import { MeButton } from './me-button.tsx';

const SCHEMES = [
  { value: 'auto', label: 'As the system', icon: IconDeviceDesktop },
  { value: 'light', label: 'Light', icon: IconSun },
  { value: 'dark', label: 'Dark', icon: IconMoon },
] as const satisfies { value: MantineColorScheme; label: string; icon: unknown }[];
const PRESENCES = [
  { value: 'auto', label: 'Online when active' },
  { value: 'away', label: 'Away' },
  { value: 'dnd', label: 'Do not disturb' },
] as const;

/** Presence, credits, colours, out. */
export function MeMenu() {
  const me = useMe();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const setPresence = (presence: (typeof PRESENCES)[number]['value']): void => {
    client.me.update({ presence }).then((user) => session.update(user), showError);
  };
  return (
    <Menu position="top-start" width={248} defaultOpened>
      <Menu.Target>
        <MeButton />
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item component={Link} to="/profile" leftSection={<IconUserCircle size={16} />}>
          Profile
        </Menu.Item>
        <Menu.Item component={Link} to="/profile/credits" leftSection={<IconCoins size={16} />}>
          Credits
        </Menu.Item>
        <Menu.Item leftSection={<IconKeyboard size={16} />} onClick={openKeys}>
          Keyboard
        </Menu.Item>
        <Menu.Divider />
        <Menu.Label>Presence</Menu.Label>
        {PRESENCES.map(({ value, label }) => (
          <Menu.Item key={value} onClick={() => setPresence(value)} rightSection={me.presence === value && <IconCheck size={16} aria-label="chosen" />}>
            {label}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Label>Colours</Menu.Label>
        {SCHEMES.map(({ value, label, icon: Icon }) => (
          <Menu.Item
            key={value}
            leftSection={<Icon size={16} />}
            onClick={() => setColorScheme(value)}
            rightSection={colorScheme === value && <IconCheck size={16} aria-label="chosen" />}
          >
            {label}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={16} />} onClick={() => void client.auth.logOut().catch(showError)}>
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
