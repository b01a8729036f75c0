import { Suspense, lazy, useEffect, useSyncExternalStore } from 'react';
import { useNavigate } from 'react-router';
import { unsaved } from '../kit/unsaved.ts';

const DiscardDialog = lazy(() => import('./discard-dialog.tsx').then((m) => ({ default: m.DiscardDialog })));

/** Asks before a link or the end of the page takes changes along that were not saved. */
export function LeaveGuard() {
  const navigate = useNavigate();
  const { asking } = useSyncExternalStore(unsaved.subscribe, unsaved.snapshot);
  useEffect(() => {
    const onClick = (event: MouseEvent): void => {
      const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>('a[href]') : null;
      if (!unsaved.isDirty || !link || !leadsAway(link, event)) return;
      event.preventDefault();
      event.stopPropagation();
      unsaved.leave(() => void navigate(link.pathname + link.search + link.hash));
    };
    const onUnload = (event: BeforeUnloadEvent): void => {
      if (unsaved.isDirty) event.preventDefault();
    };
    document.addEventListener('click', onClick, true);
    window.addEventListener('beforeunload', onUnload);
    return () => {
      document.removeEventListener('click', onClick, true);
      window.removeEventListener('beforeunload', onUnload);
    };
  }, [navigate]);
  if (!asking) return null;
  return (
    <Suspense fallback={null}>
      <DiscardDialog />
    </Suspense>
  );
}

/** In this tab and within the product; the rest leaves the form where it is, or is asked about by the browser. */
const leadsAway = (link: HTMLAnchorElement, event: MouseEvent): boolean =>
  link.origin === window.location.origin &&
  link.target !== '_blank' &&
  !link.hasAttribute('download') &&
  event.button === 0 &&
  !event.ctrlKey &&
  !event.metaKey &&
  !event.shiftKey;
