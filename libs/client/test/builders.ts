import type { FileRecord, Message, Room, TimelineEntry } from '@atrium/contracts';

/** Ids that sort and read like the real ones. */
export const anId = (n: number): string => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;
export const anInstant = (n: number): string => new Date(Date.UTC(2026, 0, 1, 0, 0, n)).toISOString();
export const ROOM = anId(1);
export const ANN = anId(11);
export const BEN = anId(12);

export function aMessage(seq: number, parts: Partial<Message> = {}): Message {
  return {
    id: anId(1000 + seq),
    roomId: ROOM,
    seq,
    authorId: ANN,
    kind: 'text',
    body: `message ${seq}`,
    mentions: { userIds: [], room: false, here: false, moderators: false },
    replyCount: 0,
    files: [],
    reactions: [],
    version: 1,
    createdAt: anInstant(seq),
    ...parts,
  };
}

export const aCreated = (message: Message): TimelineEntry => ({
  seq: message.seq,
  at: message.createdAt,
  actorId: message.authorId,
  type: 'message.created',
  message,
});

export const aJoin = (seq: number, userId = BEN): TimelineEntry => ({
  seq,
  at: anInstant(seq),
  actorId: userId,
  type: 'member.joined',
  userId,
  username: 'ben',
  displayName: 'Ben',
  role: 'member',
});

export function aRoom(parts: Partial<Room> = {}): Room {
  return {
    id: ROOM,
    name: 'Engine',
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
    memberCount: 2,
    onlineCount: 1,
    hostId: ANN,
    createdAt: anInstant(0),
    epoch: anId(2),
    lastSeq: 0,
    me: { role: 'host', joinedAt: anInstant(0), readSeq: 0, unread: 0, mentions: 0, threadUnread: 0, notify: 'all' },
    ...parts,
  };
}

export const aFileRecord = (n: number): FileRecord => ({
  id: anId(5000 + n),
  roomId: ROOM,
  uploaderId: BEN,
  name: `file ${n}.txt`,
  contentType: 'text/plain',
  size: n,
  sha256: '0'.repeat(64),
  version: 1,
  status: 'stored',
  createdAt: anInstant(n),
});
