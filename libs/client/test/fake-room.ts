import type { Attachment, FileRecord, Message, Room, TimelineEntry, TimelineEntryType } from '@atrium/contracts';
import { isInRoom } from '../src/in-room.ts';
import { aFileRecord, anId, ANN, aRoom, BEN } from './builders.ts';
import { FakeLog, type Random } from './fake-log.ts';

type Act = (random: Random) => TimelineEntry | undefined;
const CAT = anId(13);
const EMOJI = ['👍', '🎉', '👀'];

/** A room of the server in which anything may happen that its log tells of. Ann, its host, is who reads it. */
export class FakeRoom {
  readonly log = new FakeLog();
  #room: Room = aRoom({ memberCount: 1 });
  #files = 0;

  /** Something of each type; nothing where it cannot happen now. */
  readonly acts: Record<TimelineEntryType, Act> = {
    'message.created': (random) => this.#say(random),
    'message.edited': (random) => {
      const message = this.#alive(random);
      return message && this.log.edit(message, { told: random(4) > 0 });
    },
    'message.deleted': (random) => this.#on(this.#alive(random), (message) => this.log.delete(message)),
    'messages.inspected': () => this.log.add({ type: 'messages.inspected', reason: 'a complaint' }),
    'message.previewed': (random) => this.#on(this.#alive(random), (message) => this.log.preview(message, { told: random(4) > 0 })),
    'message.pinned': (random) => this.#on(this.#alive(random), (message) => this.log.pin(message, true, { told: random(4) > 0 })),
    'message.unpinned': (random) => this.#on(this.#alive(random), (message) => this.log.pin(message, false)),
    'reaction.added': (random) => this.#react(random, true),
    'reaction.removed': (random) => this.#react(random, false),
    'member.joined': () => this.#counted(1, { type: 'member.joined', userId: BEN, username: 'ben', displayName: 'Ben', role: 'member' }),
    'member.left': () => this.#counted(-1, { type: 'member.left', userId: BEN }),
    'member.kicked': () => this.#counted(-1, { type: 'member.kicked', userId: BEN, reason: null }),
    'member.banned': (random) => {
      const wasMember = random(2) === 0;
      return this.#counted(wasMember ? -1 : 0, { type: 'member.banned', userId: BEN, reason: null, wasMember });
    },
    'member.unbanned': () => this.log.add({ type: 'member.unbanned', userId: BEN }),
    'member.muted': () => this.log.add({ type: 'member.muted', userId: BEN, mutedUntil: null }),
    'member.role': () => this.log.add({ type: 'member.role', userId: BEN, role: 'moderator' }),
    'host.changed': () => {
      const { hostId: previousHostId } = this.#room;
      const hostId = previousHostId === BEN ? CAT : BEN;
      this.#update({ hostId });
      if (previousHostId === ANN) this.#mark({ role: 'moderator' });
      return this.log.add({ type: 'host.changed', previousHostId, hostId });
    },
    'room.updated': (random) => {
      const room = { topic: `topic ${random(100)}`, slowModeSeconds: random(10) };
      this.#update(room);
      return this.log.add({ type: 'room.updated', changed: Object.keys(room), room });
    },
    'bot.toggled': () => {
      this.#update({ botEnabled: !this.#room.botEnabled });
      return this.log.add({ type: 'bot.toggled', enabled: this.#room.botEnabled });
    },
    'file.added': () => this.log.add({ type: 'file.added', file: this.#aFile() }),
    'file.status': (random) =>
      this.#on(this.#attached(random), (file) => {
        const status = (['extracting', 'ready', 'failed'] as const)[random(3)]!;
        const found = status === 'failed' ? { ...this.#aFile(), ...file, status, threat: 'Eicar-Test-Signature' } : undefined;
        return this.log.fileStatus(file.id, status, found);
      }),
    'file.deleted': (random) => this.#on(this.#attached(random), (file) => this.log.fileDeleted(file.id)),
  };

  /** As a fresh fetch gives it to Ann, who has read nothing. */
  get room(): Room {
    const shown = this.log.shown.filter(({ deletedAt }) => deletedAt === undefined);
    const others = [...this.log.messages.values()].filter(({ authorId, deletedAt }) => authorId !== ANN && deletedAt === undefined);
    const me = this.#room.me!;
    const readSeq = Math.max(0, ...this.log.roots.filter(({ authorId }) => authorId === ANN).map(({ seq }) => seq));
    const unread = others.filter((message) => isInRoom(message) && message.seq > readSeq).length;
    const mentions = others.filter((message) => message.mentions.userIds.includes(ANN) && message.seq > readSeq).length;
    const lastMessage = shown.at(-1);
    return {
      ...this.#room,
      lastSeq: this.log.entries.length,
      ...(lastMessage && { lastMessage: asAnnSees(lastMessage) }),
      me: { ...me, readSeq, unread, mentions },
    };
  }

  act(type: TimelineEntryType, random: Random): TimelineEntry {
    return this.acts[type](random) ?? this.#say(random);
  }

  #say(random: Random): TimelineEntry {
    const root =
      random(2) === 0 ? this.log.roots.filter(({ deletedAt }) => deletedAt === undefined)[random(this.log.roots.length || 1)] : undefined;
    const named = random(3) === 0 ? [ANN] : [];
    return this.log.say({
      authorId: [ANN, BEN, BEN, CAT][random(4)]!,
      mentions: { userIds: named, room: false, here: false, moderators: false },
      ...(root && { parentId: root.id, ...(random(3) === 0 && { alsoInRoom: true }) }),
      ...(random(3) === 0 && { files: [attachmentOf(this.#aFile())] }),
    });
  }

  #react(random: Random, added: boolean): TimelineEntry | undefined {
    const [message, emoji, userId] = [this.#alive(random), EMOJI[random(EMOJI.length)]!, [ANN, BEN, CAT][random(3)]!];
    if (!message) return undefined;
    const has = message.reactions.some((one) => one.emoji === emoji && one.userIds.includes(userId));
    return has === added ? undefined : this.log.react(message, emoji, userId);
  }

  #counted(change: number, parts: Parameters<FakeLog['add']>[0]): TimelineEntry {
    this.#update({ memberCount: Math.max(0, this.#room.memberCount + change) });
    return this.log.add(parts);
  }

  #alive(random: Random): Message | undefined {
    const alive = [...this.log.messages.values()].filter(({ deletedAt }) => deletedAt === undefined);
    // The first has a thread, the last is shown in the list of rooms: what happens to these is seen in more places.
    return [alive[0], alive.at(-1), alive[random(alive.length || 1)]][random(3)];
  }

  #attached(random: Random): Attachment | undefined {
    const files = [...this.log.messages.values()].flatMap((message) => message.files);
    return files[random(files.length || 1)];
  }

  #aFile(): FileRecord {
    return aFileRecord((this.#files += 1));
  }

  #on = <T>(one: T | undefined, act: (one: T) => TimelineEntry): TimelineEntry | undefined => (one === undefined ? undefined : act(one));

  #update(changes: Partial<Room>): void {
    this.#room = { ...this.#room, ...changes };
  }

  #mark(changes: Partial<NonNullable<Room['me']>>): void {
    this.#update({ me: { ...this.#room.me!, ...changes } });
  }
}

const asAnnSees = (message: Message): Message => ({
  ...message,
  reactions: message.reactions.map((reaction) => ({ ...reaction, mine: reaction.userIds.includes(ANN) })),
});

function attachmentOf({ id, name, contentType, size, status, threat }: FileRecord): Attachment {
  return { id, name, contentType, size, status, ...(threat !== undefined && { threat }) };
}
