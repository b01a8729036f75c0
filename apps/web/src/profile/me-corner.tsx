import type { User } from '@atrium/contracts';
import { Suspense, lazy, useEffect, useState } from 'react';
import { live } from '../live/live.ts';
import { useConnection } from '../live/use-live.ts';
import { useMe } from '../session/use-session.ts';
import { MeButton } from './me-button.tsx';

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

/** Nobody tells us how others see us, so we say it: chosen by hand, or whether the line is up. */
function useOwnStatus(me: User): void {
  const connection = useConnection();
  const online = connection.name === 'online';
  useEffect(() => {
    live.people.setStatus(me.id, !online ? 'offline' : me.presence === 'auto' ? 'online' : me.presence);
  }, [me.id, me.presence, online]);
}
