import { INTERACTION_SECONDS, type Interaction, type Message, type RoomRecord } from '@atrium/contracts';
import { v7 as uuidv7 } from 'uuid';

export type Entry = { seq: number; type: string; at: string; actorId: string | null; [key: string]: unknown };
export type FakeRoom = {
  record: RoomRecord;
  members: Set<string>;
  entries: Entry[];
  epoch: string;
  /** An entry that the next replay leaves out, as when it was read while the log grew. */
  hidden?: number;
  /** Where the history of members begins, if not with the room's. */
  visibleFrom?: number;
  /** What happens once, after the log was read for a member and before they are answered. */
  whileRead?: () => void;
};
/** Of the encoded entries as many as one message of the bus holds. */
export function asMuchAsFits(entries: string[]): string[] {
  let bytes = 0;
  return entries.filter((entry) => (bytes += Buffer.byteLength(JSON.stringify(entry))) < 1_000_000);
}

export const now = () => new Date().toISOString();

export function aRoomRecord(change: Partial<RoomRecord> = {}): RoomRecord {
  return {
    id: uuidv7(),
    name: 'Room',
    topic: '',
    description: '',
    visibility: 'public',
    hasPassword: false,
    locked: false,
    lobby: false,
    botEnabled: true,
    slowModeSeconds: 0,
    whoCanPost: 'everyone',
    historyVisibility: 'all',
    removedCanRejoin: true,
    kind: 'room',
    editWindowSeconds: 86_400,
    maxMembers: 100,
    memberCount: 1,
    onlineCount: 0,
    hostId: null,
    createdAt: now(),
    archivedAt: null,
    me: null,
    ...change,
  };
}

export function aMessageEntry(room: FakeRoom, seq: number, body: string): Entry {
  const message: Message = {
    id: uuidv7(),
    roomId: room.record.id,
    seq,
    authorId: uuidv7(),
    kind: 'text',
    body,
    mentions: { userIds: [], room: false, here: false, moderators: false },
    replyCount: 0,
    files: [],
    reactions: [],
    version: 1,
    createdAt: now(),
  };
  return { seq, type: 'message.created', at: now(), actorId: message.authorId, message };
}

/** Somebody's use of a command of this bot. */
export function anInteraction(botId: string): Interaction {
  return {
    id: uuidv7(),
    botId,
    roomId: uuidv7(),
    user: { id: uuidv7(), username: 'ben', displayName: 'Ben', role: 'member' },
    command: 'deploy',
    text: '/deploy',
    values: {},
    flags: [],
    public: false,
    timeZone: 'UTC',
    at: now(),
    expiresAt: new Date(Date.now() + INTERACTION_SECONDS * 1000).toISOString(),
  };
}
