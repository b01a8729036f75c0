import { t } from '@lingui/core/macro';
import { IconBell } from '@tabler/icons-react';
import { NavLink } from 'react-router';
import styles from '../kit/rail.module.css';
import { useUnreadNotifications } from './notification-center.ts';

/** The door to the notifications, with how many are unread. */
export function NotificationsLink() {
  const unread = useUnreadNotifications();
  return (
    <NavLink to="/notifications" className={styles.link}>
      <IconBell size={18} stroke={1.7} aria-hidden />
      {t`Notifications`}
      {unread > 0 && (
        <span className={styles.count} aria-label={t`${unread} unread`}>
          {unread > 999 ? '999+' : unread}
        </span>
      )}
    </NavLink>
  );
}
