import { Latest } from '@atrium/client';
import type { Preferences } from '@atrium/contracts';
import { queryClient } from '../kit/query-client.ts';
import { chooseLanguage } from '../language/language.ts';
import { live } from '../live/live.ts';
import { railWishes } from '../live/use-rail-wish.ts';
import { client } from '../session/client.ts';
import { session } from '../session/session-store.ts';

export const PREFERENCES = ['preferences'];
const latest = new Latest();

/** Shows what one prefers, however it came here; nothing that is older than what is shown. */
export function takePreferences(preferences: Preferences): void {
  const state = session.snapshot();
  if (state.name !== 'signed_in' || !latest.take(state.user.id, preferences.version)) return;
  queryClient.setQueryData(PREFERENCES, preferences);
  if (preferences.language) chooseLanguage(preferences.language);
  railWishes.setOwn(preferences.sections);
  live.rooms.notifyByDefault(preferences.notify);
}

/** Asks for what one prefers. @returns what is shown of it, which may have been told since */
export async function readPreferences(): Promise<Preferences> {
  const asked = await client.notifications.preferences();
  takePreferences(asked);
  return queryClient.getQueryData<Preferences>(PREFERENCES) ?? asked;
}
