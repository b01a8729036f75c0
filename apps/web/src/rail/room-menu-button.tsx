import { type ComponentPropsWithRef, type ReactElement, Suspense, cloneElement, lazy, useState } from 'react';
import type { JoinedRoom } from '../room/joined-room.ts';

const RoomMenu = lazy(() => import('./room-menu.tsx').then((m) => ({ default: m.RoomMenu })));

type RoomMenuButtonProps = { room: JoinedRoom; places?: boolean; children: ReactElement<ComponentPropsWithRef<'button'>> };

/** A button that opens the room's menu, which arrives when it is opened first. */
export function RoomMenuButton({ room, places = false, children }: RoomMenuButtonProps) {
  const [asked, setAsked] = useState(false);
  const closed = cloneElement(children, { onClick: () => setAsked(true), 'aria-haspopup': 'menu' });
  if (!asked) return closed;
  return (
    <Suspense fallback={closed}>
      <RoomMenu room={room} places={places}>
        {children}
      </RoomMenu>
    </Suspense>
  );
}
