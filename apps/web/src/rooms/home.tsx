import { Navigate } from 'react-router';
import { PageSkeleton } from '../kit/loading.tsx';
import { live } from '../live/live.ts';
import { useRooms } from '../live/use-live.ts';
import { useMe } from '../session/use-session.ts';
import { homePlace, readLastPlace } from './last-place.ts';

/** Leads on to where one was. */
export function Home() {
  const me = useMe();
  const rooms = useRooms();
  if (!live.rooms.loaded) return <PageSkeleton />;
  return <Navigate to={homePlace(readLastPlace(me.id), rooms)} replace />;
}
