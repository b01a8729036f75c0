import { Observable, type RealtimeEvents } from '@atrium/client';
import type { LobbyRequest } from '@atrium/contracts';
import { useQuery } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { queryClient } from '../kit/query-client.ts';
import { type JoinedRoom, mayKeepDoor } from '../room/joined-room.ts';
import { client } from '../session/client.ts';
import { useMe } from '../session/use-session.ts';

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

type News = RealtimeEvents['lobby'];
type Outcome = News['status'];

/** What the socket tells of doors: how many wait at those this user keeps, and what became of their own request. */
class LobbyNews extends Observable<ReadonlyMap<string, Outcome>> {
  #outcomes = new Map<string, Outcome>();

  constructor() {
    super();
    client.realtime.on('lobby', (news) => this.#take(news));
    client.realtime.on('room.removed', ({ roomId }) => this.#forget(roomId));
  }

  protected build(): ReadonlyMap<string, Outcome> {
    return new Map(this.#outcomes);
  }

  /** Who was let in once and is out again has not been let in. */
  #forget(roomId: string): void {
    if (this.#outcomes.delete(roomId)) this.changed();
  }

  /** Only the one who waits is told without a number. */
  #take({ roomId, status, waiting }: News): void {
    if (waiting !== undefined) {
      void queryClient.invalidateQueries({ queryKey: ['lobby', roomId] });
      return;
    }
    this.#outcomes.set(roomId, status);
    this.changed();
    if (status === 'waiting') void queryClient.invalidateQueries({ queryKey: ['waiting', roomId] });
  }
}

const news = new LobbyNews();

/** What became of this user's request, as far as it was told while the page is open. */
export function useOutcome(roomId: string): Outcome | undefined {
  return useSyncExternalStore(news.subscribe, news.snapshot).get(roomId);
}
