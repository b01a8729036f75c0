import { Suspense, lazy, useState } from 'react';
import type { JoinedRoom } from '../room/joined-room.ts';
import { LevelIcon } from './level-icon.tsx';

const LevelMenu = lazy(() => import('./level-menu.tsx').then((m) => ({ default: m.LevelMenu })));

/** Leads to what one is told of in this room. The menu arrives when it is opened first. */
export function LevelButton({ room }: { room: JoinedRoom }) {
  const [asked, setAsked] = useState(false);
  const closed = <LevelIcon room={room} onClick={() => setAsked(true)} />;
  if (!asked) return closed;
  return (
    <Suspense fallback={closed}>
      <LevelMenu room={room} />
    </Suspense>
  );
}
