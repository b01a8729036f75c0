import type { User } from '@atrium/contracts';
import { useSyncExternalStore } from 'react';
import { type SessionState, session } from './session-store.ts';

export const useSession = (): SessionState => useSyncExternalStore(session.subscribe, session.snapshot);

/** The signed-in user; only below `RequireSession`. */
export function useMe(): User {
  const state = useSession();
  if (state.name !== 'signed_in') throw new Error('useMe() is used outside of a session');
  return state.user;
}
