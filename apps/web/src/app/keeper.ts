import type { RoomTimeline } from '@atrium/client';
import { live } from '../live/live.ts';
import { session } from '../session/session-store.ts';
import { claim, keepPeople, keepRooms, keepTimeline, wipe } from '../session/offline-store.ts';

/** Changes come in bursts; what is kept may be so much behind. */
const GATHER_MS = 1000;

/** A full or forbidden storage keeps nobody from talking. */
const tried = (work: Promise<void>): void => void work.catch(() => undefined);

/** Runs a moment after the first change, however many follow; at once when the page goes away. */
function gathered(run: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const now = (): void => {
    if (timer === undefined) return;
    clearTimeout(timer);
    timer = undefined;
    run();
  };
  window.addEventListener('pagehide', now);
  return () => void (timer ??= setTimeout(now, GATHER_MS));
}

let owner: string | undefined;
/** What is kept may be of somebody who was here before: it is theirs only once the server has said who is signed in. */
let claimed: Promise<void> = Promise.resolve();

function followSession(): void {
  const state = session.snapshot();
  if (state.name === 'signed_out') {
    owner = undefined;
    claimed = wipe();
    tried(claimed);
    tried(import('../writing/unfinished-shelf.ts').then(({ wipeUnfinished }) => wipeUnfinished()));
  }
  if (state.name !== 'signed_in' || state.isKept) return;
  owner = state.user.id;
  claimed = claim(state.user);
  tried(claimed);
}

function write(work: (userId: string) => Promise<void>): void {
  const userId = owner;
  if (userId !== undefined) tried(claimed.then(() => work(userId)));
}

function followTimeline(roomId: string, timeline: RoomTimeline): void {
  const keep = gathered(() => {
    const { state, messages, hasBefore, hasAfter } = timeline.snapshot();
    const epoch = live.rooms.get(roomId)?.epoch;
    // What was read from here says nothing new; what does not reach the present is not what one wants to find.
    if (state !== 'ready' || hasAfter || epoch === undefined || live.timelines.isKept(roomId)) return;
    write((userId) => keepTimeline(userId, { roomId, epoch, messages, hasBefore }));
  });
  timeline.subscribe(keep);
  keep();
}

/** Keeps what is read on this device for when there is no network. */
export function startKeeping(): void {
  session.subscribe(followSession);
  followSession();
  const rooms = gathered(() => {
    if (live.rooms.loaded) write((userId) => keepRooms(userId, live.rooms.snapshot()));
  });
  live.rooms.subscribe(rooms);
  rooms();
  const people = gathered(() => write((userId) => keepPeople(userId, [...live.people.snapshot().people.values()])));
  live.people.subscribe(people);
  people();
  live.timelines.follow(followTimeline);
}
