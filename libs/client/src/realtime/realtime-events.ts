import type { ServerEvent, ServerFrame, TimelineEntry } from '@atrium/contracts';
import type { ConnectionState } from './connection.ts';

export type FrameData<E extends ServerEvent> = ServerFrame<E>['data'];
export type RealtimeEvents = {
  state: ConnectionState;
  /** The snapshot a socket begins with. */
  ready: FrameData<'ready'>;
  /** Entries of a room, in order, each once, without a hole. */
  timeline: { roomId: string; entries: TimelineEntry[] };
  /** What is known of the room is void: load its newest page. */
  reset: { roomId: string };
  typing: FrameData<'typing'>;
  /** Who comes and goes in the room in focus is told from now on: what was asked before may be old. */
  focused: { roomId: string };
  presence: FrameData<'presence'>;
  /** Somebody changed their name, picture or status. */
  person: FrameData<'person'>;
  'file.progress': FrameData<'file.progress'>;
  'room.joined': FrameData<'room.joined'>;
  /** Without a reason when nobody told: it happened while away, or the room's log is refused. */
  'room.removed': Pick<FrameData<'room.removed'>, 'roomId'> & Partial<FrameData<'room.removed'>>;
  read: FrameData<'read'>;
  notification: FrameData<'notification'>;
  'notifications.read': FrameData<'notifications.read'>;
  preferences: FrameData<'preferences'>;
  'room.notify': FrameData<'room.notify'>;
  credits: FrameData<'credits'>;
  /** Who acts for a room's host who is away. */
  'room.acting': FrameData<'room.acting'>;
  hand: FrameData<'hand'>;
  lobby: FrameData<'lobby'>;
  favourite: FrameData<'favourite'>;
  /** Words for this user alone. One with the id of an earlier one takes its place. */
  note: FrameData<'note'>;
  /** To a bot: somebody uses a command that it registered. */
  interaction: FrameData<'interaction'>;
  poll: FrameData<'poll'>;
  draft: FrameData<'draft'>;
  scheduled: FrameData<'scheduled'>;
  /** A message is kept for later, or no longer, on whichever device that was done. */
  saved: FrameData<'saved'>;
  /** The thread of a root message is followed, or no longer, on whichever device that was done. */
  'thread.followed': FrameData<'thread.followed'>;
};
