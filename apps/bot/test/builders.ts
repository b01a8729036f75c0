import { BOT_USER_ID, type Answer, type Member, type Message, type RoomRecord, type TimelineEntry } from '@atrium/contracts';
import { v7 as uuidv7 } from 'uuid';

export const aMessage = (message: Partial<Message> = {}): Message => ({
  id: uuidv7(),
  roomId: uuidv7(),
  seq: 1,
  authorId: uuidv7(),
  kind: 'text',
  body: 'words',
  mentions: { userIds: [], room: false, here: false, moderators: false },
  replyCount: 0,
  files: [],
  reactions: [],
  version: 1,
  createdAt: new Date().toISOString(),
  ...message,
});

export const created = (message: Message): TimelineEntry => ({
  type: 'message.created',
  seq: message.seq,
  at: message.createdAt,
  actorId: message.authorId,
  message,
});

export const aBotMessage = (message: Partial<Message> = {}): Message => aMessage({ kind: 'bot', authorId: BOT_USER_ID, ...message });

export const aRoomRecord = (room: Partial<RoomRecord> = {}): RoomRecord => ({
  id: uuidv7(),
  name: 'Garden',
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
  onlineCount: 1,
  hostId: null,
  createdAt: new Date().toISOString(),
  archivedAt: null,
  me: null,
  ...room,
});

export const anAnswer = (answer: Partial<Answer> = {}): Answer => ({
  id: uuidv7(),
  status: 'answered',
  confidence: 0.9,
  question: 'When?',
  queryUsed: 'when',
  answer: '“On Friday.” [1]',
  citations: [{ n: 1, fileId: uuidv7(), version: 1, page: 2, start: 10, end: 20, quote: 'On Friday.' }],
  cost: 1,
  creditsLeft: 9,
  createdAt: new Date().toISOString(),
  ...answer,
});

export const aMember = ({ userId, displayName, role }: { userId: string; displayName: string; role: Member['role'] }): Member => ({
  id: userId,
  username: displayName.toLowerCase(),
  displayName,
  avatarUrl: null,
  role,
  status: 'online',
  typing: false,
  joinedAt: new Date().toISOString(),
});
