import { Suspense, lazy, useState } from 'react';
import { useMe } from '../session/use-session.ts';
import { MeButton } from './me-button.tsx';
import { useOwnStatus } from './own-status.ts';

const MeMenu = lazy(() => import('./me-menu.tsx').then((m) => ({ default: m.MeMenu })));

/** Oneself, at the bottom of the rail. The menu's code comes when it is first opened. */
export function MeCorner() {
  const [asked, setAsked] = useState(false);
  useOwnStatus(useMe());
  if (!asked) return <MeButton aria-haspopup="menu" onClick={() => setAsked(true)} />;
  return (
    <Suspense fallback={<MeButton />}>
      <MeMenu />
    </Suspense>
  );
}
