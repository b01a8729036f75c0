import { t } from '@lingui/core/macro';
import { ActionIcon } from '@mantine/core';
import { IconBell, IconBookmark, IconLayoutSidebarLeftExpand, IconMessageCircle, IconPencil, IconSearch } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { NavLink } from 'react-router';
import { openSwitcher } from '../kit/shortcuts.ts';
import { useRooms } from '../live/use-live.ts';
import { useUnreadNotifications } from '../notifications/notification-center.ts';
import { isUnread } from '../live/rail-view.ts';
import styles from './rail-strip.module.css';

const ICON = { size: 19, stroke: 1.7, 'aria-hidden': true } as const;

/** The folded rail: the way to open it, and what is new. */
export function RailStrip({ open }: { open: () => void }) {
  const rooms = useRooms();
  const unread = rooms.filter(isUnread).length;
  const threads = rooms.some(({ me }) => (me?.threadUnread ?? 0) > 0);
  return (
    <>
      <ActionIcon
        size={40}
        aria-label={unread > 0 ? t`Show the sidebar, ${unread} with something new` : t`Show the sidebar`}
        onClick={open}
        className={styles.item}
      >
        <IconLayoutSidebarLeftExpand {...ICON} />
        {unread > 0 && <span className={styles.count}>{unread > 99 ? '99+' : unread}</span>}
      </ActionIcon>
      <ActionIcon size={40} aria-label={t`Search, or jump to a room`} onClick={openSwitcher} className={styles.item}>
        <IconSearch {...ICON} />
      </ActionIcon>
      <nav aria-label={t`Yours`} className={styles.own}>
        <Place to="/notifications" label={t`Notifications`} isNew={useUnreadNotifications() > 0} icon={<IconBell {...ICON} />} />
        <Place to="/threads" label={t`Threads`} isNew={threads} icon={<IconMessageCircle {...ICON} />} />
        <Place to="/saved" label={t`Saved`} isNew={false} icon={<IconBookmark {...ICON} />} />
        <Place to="/drafts" label={t`Drafts`} isNew={false} icon={<IconPencil {...ICON} />} />
      </nav>
    </>
  );
}

function Place({ to, label, isNew, icon }: { to: string; label: string; isNew: boolean; icon: ReactNode }) {
  return (
    <NavLink to={to} className={styles.place} aria-label={isNew ? t`${label}, something new` : label} title={label}>
      {icon}
      {isNew && <i className={styles.dot} />}
    </NavLink>
  );
}
