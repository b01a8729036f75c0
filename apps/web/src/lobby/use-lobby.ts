import type { LobbyRequest } from '@atrium/contracts';
import { useQuery } from '@tanstack/react-query';
import { type JoinedRoom, mayKeepDoor } from '../room/joined-room.ts';
import { client } from '../session/client.ts';
import { useMe } from '../session/use-session.ts';
import './lobby-state.ts';

/** What a lost frame would not tell. */
const ASK_EVERY_MS = 15_000;
const NOBODY: readonly LobbyRequest[] = [];

/** Who waits at the door, for those who may let them in; people may still wait when the lobby was switched off. */
export function useLobby(room: JoinedRoom): readonly LobbyRequest[] {
  const enabled = mayKeepDoor(room, useMe().id) && !room.archivedAt;
  const lobby = useQuery({
    queryKey: ['lobby', room.id],
    queryFn: () => client.entrance.lobby(room.id),
    refetchInterval: room.lobby ? ASK_EVERY_MS : false,
    enabled,
  });
  return enabled ? (lobby.data?.items ?? NOBODY) : NOBODY;
}
