import { useEffect } from 'react';
import { matchPath, useNavigate } from 'react-router';
import { live } from '../live/live.ts';
import { shownRooms } from '../live/rail-view.ts';
import { railWishes } from '../live/use-rail-wish.ts';
import { roomBeside } from '../rail/room-beside.ts';

/** Alt and an arrow go to the room before or after; with Shift to the next one with something new. */
export function useRoomKeys(): void {
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
