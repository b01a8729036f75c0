import { t } from '@lingui/core/macro';
import { Suspense, useEffect, useState } from 'react';
import { Outlet, useLocation } from 'react-router';
import { NewVersionBar } from '../device/new-version.tsx';
import { useOpenedPlaces } from '../device/use-opened-places.ts';
import { useActivity } from '../live/activity.ts';
import { live } from '../live/live.ts';
import { useMe } from '../session/use-session.ts';
import { Dialogs } from './dialogs.tsx';
import { LeaveGuard } from './leave-guard.tsx';
import { OfflineBar } from './offline-bar.tsx';
import { noteWhatMoves } from '../kit/moved-by.ts';
import { PageSkeleton } from '../kit/loading.tsx';
import { PageTitle } from './page-title.tsx';
import { Rail } from '../rail/rail.tsx';
import styles from './shell.module.css';
import { useRailOpen, useRailOver } from '../rail/rail-state.ts';
import { useRoomKeys } from './use-room-keys.ts';

/** What stays on screen while one goes from place to place. */
export function Shell() {
  const me = useMe();
  const { pathname } = useLocation();
  const [railOpen, setRailOpen] = useRailOpen();
  const isOver = useRailOver() && railOpen;
  useActivity();
  useRoomKeys();
  useOpenedPlaces();
  useEffect(() => {
    live.people.setSelf(me);
    live.start(me.id);
  }, [me]);
  useEffect(() => () => live.stop(), []);
  useEffect(noteWhatMoves, []);

  useEffect(() => {
    if (!isOver) return;
    const onKey = (event: KeyboardEvent): void => {
      if (event.key === 'Escape' && !event.defaultPrevented) setRailOpen(false);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [isOver, setRailOpen]);
  // Who has gone somewhere wants to see it.
  const [shownAt, setShownAt] = useState(pathname);
  if (shownAt !== pathname) {
    setShownAt(pathname);
    if (isOver) queueMicrotask(() => setRailOpen(false));
  }

  return (
    <div className={styles.frame}>
      <a className={styles.skip} href="#main">
        {t`Skip to content`}
      </a>
      <PageTitle />
      <OfflineBar />
      <NewVersionBar />
      <div
        className={styles.shell}
        data-rail={isOver ? 'over' : railOpen ? 'open' : 'closed'}
        data-place={pathname === '/rooms' ? 'home' : 'inner'}
      >
        <Rail />
        {isOver && (
          <button
            type="button"
            className={styles.shade}
            aria-label={t`Hide the sidebar`}
            tabIndex={-1}
            onClick={() => setRailOpen(false)}
          />
        )}
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
