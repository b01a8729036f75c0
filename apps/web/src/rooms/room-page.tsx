import { t } from '@lingui/core/macro';
import { Suspense, lazy } from 'react';
import { Navigate, useParams } from 'react-router';
import { PageSkeleton } from '../kit/loading.tsx';
import { NotHere, Problem } from '../kit/problem.tsx';
import { useRemoval } from '../live/use-live.ts';
import { RoomView } from './room-view.tsx';
import { readRoomPlace } from '../room/room-place.ts';
import { useRoomAccess } from './use-room.ts';
import { problemText } from '../language/problem-text.ts';

const Removed = lazy(() => import('./removed.tsx').then((m) => ({ default: m.Removed })));

/** A room by its address: for members the conversation, for others the way in. */
export function RoomPage() {
  const { roomId = '', '*': rest = '' } = useParams();
  const access = useRoomAccess(roomId);
  const removal = useRemoval(roomId);
  const place = readRoomPlace(rest);

  if (place.name === 'unknown') return <NotHere />;
  if (removal && access.name !== 'member')
    return (
      <Suspense fallback={<PageSkeleton />}>
        <Removed roomId={roomId} removal={removal} />
      </Suspense>
    );
  if (access.name === 'loading') return <PageSkeleton />;
  if (access.name === 'missing')
    return <NotHere what={t`This room`} detail={t`It does not exist, or it is private and you are not in it.`} />;
  if (access.name === 'failed') {
    return (
      <Problem
        isPage
        title={t`The room cannot be shown`}
        detail={problemText(access.error)}
        action={t`Try again`}
        onAction={access.retry}
      />
    );
  }
  if (access.name === 'outside') return <Navigate to={`/rooms/${roomId}/join`} replace />;
  return <RoomView key={roomId} room={access.room} place={place} />;
}
