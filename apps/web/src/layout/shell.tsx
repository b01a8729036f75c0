import { t } from '@lingui/core/macro';
import { Suspense, useEffect, useState } from 'react';
import { Outlet, matchPath, useLocation, useMatch, useNavigate } from 'react-router';
import { NewVersionBar } from '../device/new-version.tsx';
import { useOpenedPlaces } from '../device/use-opened-places.ts';
import { useActivity } from '../live/activity.ts';
import { live } from '../live/live.ts';
import { shownRooms } from '../live/rail-view.ts';
import { useRooms } from '../live/use-live.ts';
import { railWishes } from '../live/use-rail-wish.ts';
import { roomBeside } from '../rail/room-beside.ts';
import { useMe } from '../session/use-session.ts';
import { Dialogs } from './dialogs.tsx';
import { LeaveGuard } from './leave-guard.tsx';
import { OfflineBar } from './offline-bar.tsx';
import { noteWhatMoves } from '../kit/focus.ts';
import { PageSkeleton } from '../kit/loading.tsx';
import { Rail, useRailOpen, useRailOver } from '../rail/rail.tsx';
import styles from './shell.module.css';
import { titleOf } from './title-of.ts';

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

/** Keeps the title of the tab: where one is, and how often one was named anywhere. */
function PageTitle() {
  const roomId = useMatch('/rooms/:roomId/*')?.params.roomId;
  const title = titleOf(useRooms(), roomId);
  useEffect(() => {
    document.title = title;
  }, [title]);
  useEffect(() => () => void (document.title = 'Atrium'), []);
  return null;
}

/** Alt and an arrow go to the room before or after; with Shift to the next one with something new. */
function useRoomKeys(): void {
  const navigate = useNavigate();
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (!event.altKey || event.ctrlKey || event.metaKey || !/^Arrow(Up|Down)$/.test(event.key)) return;
      event.preventDefault();
      // Where one is now: a second press may come before the page has shown what the first led to.
      const from = matchPath('/rooms/:roomId/*', window.location.pathname)?.params.roomId;
      const room = roomBeside(shownRooms(live.rooms.snapshot(), railWishes.snapshot(), from), {
        from,
        by: event.key === 'ArrowUp' ? -1 : 1,
        unread: event.shiftKey,
      });
      if (room) void navigate(`/rooms/${room.id}`);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [navigate]);
}
