import type { PersonalNote } from '@atrium/contracts';
import { useMemo, useSyncExternalStore } from 'react';
import { live } from '../live/live.ts';

/** What was said to this user alone in a room, or in one of its threads. */
export function usePersonalNotes(roomId: string, parentId: string | undefined): readonly PersonalNote[] {
  const notes = useSyncExternalStore(live.notes.subscribe, live.notes.snapshot);
  return useMemo(() => notes.filter((note) => note.roomId === roomId && note.parentId === parentId), [notes, roomId, parentId]);
}
