import { t } from '@lingui/core/macro';
import { ActionIcon, Skeleton } from '@mantine/core';
import { useLocalStorage, useMediaQuery } from '@mantine/hooks';
import { IconBookmark, IconCompass, IconLayoutSidebarLeftCollapse, IconMessageCircle, IconSearch } from '@tabler/icons-react';
import { Link, NavLink } from 'react-router';
import { Tip } from '../kit/tip.tsx';
import { live } from '../live/live.ts';
import { useRooms } from '../live/use-live.ts';
import { NotificationsLink } from '../notifications/notifications-link.tsx';
import { RailSections } from './rail-sections.tsx';
import { RailStrip } from './rail-strip.tsx';
import { AheadLink } from '../scheduled/ahead-link.tsx';
import { MeCorner } from '../profile/me-corner.tsx';
import { Mark } from '../kit/mark.tsx';
import styles from '../kit/rail.module.css';
import { MOD, openSwitcher } from '../kit/shortcuts.ts';

/** The left edge: where one can go. */
export function Rail() {
  const rooms = useRooms();
  const threads = rooms.reduce((sum, room) => sum + (room.me?.threadUnread ?? 0), 0);
  const [open, setOpen] = useRailOpen();
  const isPhone = useMediaQuery('(max-width: 767px)', undefined, { getInitialValueInEffect: false });
  if (!open && !isPhone) {
    return (
      <aside className={styles.strip} aria-label={t`Rooms and account`}>
        <RailStrip open={() => setOpen(true)} />
      </aside>
    );
  }
  return (
    <aside className={styles.rail} data-open={open} aria-label={t`Rooms and account`}>
      <div className={styles.head}>
        <Link to="/rooms" className={styles.brand} aria-label={t`Atrium, all rooms`}>
          <Mark size={24} />
          <span>{t`Atrium`}</span>
        </Link>
        <Tip label={t`Hide the sidebar`}>
          <ActionIcon className={styles.collapse} aria-label={t`Hide the sidebar`} onClick={() => setOpen(false)}>
            <IconLayoutSidebarLeftCollapse size={18} stroke={1.7} />
          </ActionIcon>
        </Tip>
      </div>
      <button type="button" className={styles.search} onClick={openSwitcher}>
        <IconSearch size={16} stroke={1.8} aria-hidden />
        <span>{t`Search or jump to…`}</span>
        <kbd aria-hidden>{t`${MOD}K`}</kbd>
      </button>
      <nav className={styles.own} aria-label={t`Yours`}>
        <NotificationsLink />
        <NavLink to="/threads" className={styles.link}>
          <IconMessageCircle size={18} stroke={1.7} aria-hidden />
          {t`Threads`}
          {threads > 0 && <span className={styles.count}>{threads > 999 ? '999+' : threads}</span>}
        </NavLink>
        <NavLink to="/saved" className={styles.link}>
          <IconBookmark size={18} stroke={1.7} aria-hidden />
          {t`Saved`}
        </NavLink>
        <AheadLink />
      </nav>
      <nav className={styles.list} aria-label={t`Rooms`}>
        {!live.rooms.loaded && <RailSkeleton />}
        {live.rooms.loaded && rooms.length === 0 && <p className={styles.empty}>{t`Rooms you join appear here.`}</p>}
        <RailSections detailed={isPhone} />
        <NavLink to="/rooms" end className={styles.link}>
          <IconCompass size={18} stroke={1.7} aria-hidden />
          {t`Discover rooms`}
        </NavLink>
      </nav>
      <div className={styles.foot}>
        <MeCorner />
      </div>
    </aside>
  );
}

function RailSkeleton() {
  return (
    <div className={styles.skeleton} aria-hidden>
      {[120, 160, 96, 140].map((width) => (
        <Skeleton key={width} height={12} width={width} radius={6} />
      ))}
    </div>
  );
}

/** Where the rail beside the conversation leaves too little of it: it folds, and opens over the page. */
const NARROW = '(max-width: 1023px)';

/** Whether the rail shows, as chosen on this device; on a narrow window it is folded until it is asked for. */
export function useRailOpen(): [boolean, (open: boolean) => void] {
  const isNarrow = useRailOver();
  const [wide, setWide] = useLocalStorage({ key: 'atrium.rail', defaultValue: true, getInitialValueInEffect: false });
  const [over, setOver] = useLocalStorage({ key: 'atrium.rail-over', defaultValue: false, getInitialValueInEffect: false });
  return isNarrow ? [over, setOver] : [wide, setWide];
}

/** Whether the open rail lies over the page instead of beside it. */
export const useRailOver = (): boolean => useMediaQuery(NARROW, undefined, { getInitialValueInEffect: false }) ?? false;
