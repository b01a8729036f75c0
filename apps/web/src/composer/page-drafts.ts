import { queryClient } from '../kit/query-client.ts';
import { client } from '../session/client.ts';
import { session } from '../session/session-store.ts';
import { DraftSync } from './draft-sync.ts';
import { draftPlaces, hearKeptDrafts, readDraft, replaceDraft, writtenPlaces } from '../writing/drafts.ts';

const QUIET_MS = 700;

const timers = new Map<string, ReturnType<typeof setTimeout>>();

const userId = (): string | undefined => {
  const state = session.snapshot();
  return state.name === 'signed_in' ? state.user.id : undefined;
};

const sync = new DraftSync({
  userId,
  keep: (roomId, draft) => client.ahead.keepDraft(roomId, draft),
  list: async () => (await client.ahead.drafts()).items,
  read: readDraft,
  replace: replaceDraft,
  places: writtenPlaces,
  storage: localStorage,
  later: (place, act) => {
    clearTimeout(timers.get(place));
    timers.set(place, setTimeout(act, QUIET_MS));
  },
});

hearKeptDrafts((place) => sync.written(place));
client.realtime.on('draft', (draft) => {
  sync.receive(draft);
  void queryClient.invalidateQueries({ queryKey: ['drafts'] });
});
client.realtime.on('ready', ({ userId: id }) => {
  for (const place of writtenPlaces(id)) draftPlaces.set(place, true);
  // What cannot be had now is asked for with the next line.
  sync.refresh().catch(() => undefined);
});
