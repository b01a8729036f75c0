import { Suspense, useEffect } from 'react';
import { Outlet, useLocation } from 'react-router';
import { NewVersionBar } from '../device/new-version-bar.tsx';
import { useOpenedPlaces } from '../device/use-opened-places.ts';
import { useActivity } from '../live/activity.ts';
import { live } from '../live/live.ts';
import { useMe } from '../session/use-session.ts';
import { Dialogs } from './dialogs.tsx';
import { LeaveGuard } from './leave-guard.tsx';
import { OfflineBar } from './offline-bar.tsx';
import { PageSkeleton } from './page-skeleton.tsx';
import { PageTitle } from './page-title.tsx';
import { Rail } from './rail.tsx';
import styles from './shell.module.css';
import { useRailOpen } from './rail-state.ts';
import { useRoomKeys } from './use-room-keys.ts';

/** What stays on screen while one goes from place to place. */
export function Shell() {
  const me = useMe();
  const { pathname } = useLocation();
  const [railOpen] = useRailOpen();
  useActivity();
  useRoomKeys();
  useOpenedPlaces();
  useEffect(() => {
    live.people.setSelf(me);
    live.start(me.id);
  }, [me]);
  useEffect(() => () => live.stop(), []);

  return (
    <div className={styles.frame}>
      <a className={styles.skip} href="#main">
        Skip to content
      </a>
      <PageTitle />
      <OfflineBar />
      <NewVersionBar />
      <div className={styles.shell} data-rail={railOpen ? 'open' : 'closed'} data-place={pathname === '/rooms' ? 'home' : 'inner'}>
        <Rail />
        <main id="main" className={styles.main} tabIndex={-1}>
          <Suspense fallback={<PageSkeleton />}>
            <Outlet />
          </Suspense>
        </main>
      </div>
      <Dialogs />
      <LeaveGuard />
    </div>
  );
}
