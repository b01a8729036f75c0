import type { NotificationReason, NotifyLevel } from '@atrium/contracts';

export type Named = { userIds: readonly string[]; room: boolean; here: boolean; moderators: boolean };
export type SaidOnce = {
  id: string;
  roomId: string;
  authorId: string;
  rootId: string | null;
  named: Named;
  deleted: boolean;
  called: boolean;
  reacted: Set<string>;
};
type Entry = { roomId: string; reasons: Set<NotificationReason>; /** Of a call: how often they had joined the room. */ joins?: number };

/** How somebody stands with being told. */
type Standing = {
  prefers: NotifyLevel;
  levels: Map<string, NotifyLevel>;
  looksAt: string | null;
  online: boolean;
  quiet: boolean;
  /** By room; absent where they are not in it. */
  joins: Map<string, { times: number; inside: boolean; moderates: boolean }>;
  told: Map<string, Entry>;
};

/** Who is told of what, by the rules alone. */
export class ToldModel {
  readonly said: SaidOnce[] = [];
  /** Every time that devices ring or stay quiet for a message: `person message` and whether quietly. */
  readonly rang = new Map<string, boolean>();
  readonly #people = new Map<string, Standing>();
  readonly #follows = new Map<string, Map<string, boolean>>();

  constructor(private readonly directRoomId: string) {}

  of(userId: string): Standing {
    const fresh = (): Standing => ({
      prefers: 'all',
      levels: new Map(),
      looksAt: null,
      online: false,
      quiet: false,
      joins: new Map(),
      told: new Map(),
    });
    const standing = this.#people.get(userId) ?? fresh();
    this.#people.set(userId, standing);
    return standing;
  }

  join(userId: string, roomId: string, moderates = false): void {
    const { joins } = this.of(userId);
    joins.set(roomId, { times: (joins.get(roomId)?.times ?? 0) + 1, inside: true, moderates });
  }

  leave(userId: string, roomId: string): void {
    this.of(userId).joins.get(roomId)!.inside = false;
  }

  isIn(userId: string, roomId: string): boolean {
    return this.of(userId).joins.get(roomId)?.inside ?? false;
  }

  online(roomId: string): string[] {
    return [...this.#people].flatMap(([id, { online }]) => (online && this.isIn(id, roomId) ? [id] : []));
  }

  say(message: SaidOnce): void {
    this.said.push(message);
    this.#tellNamed(message, message.named);
    if (message.roomId === this.directRoomId) for (const userId of this.#inside(message.roomId)) this.#tell(userId, message, 'direct');
    if (message.rootId !== null) this.#answer(message, message.rootId);
    if (message.named.room) this.#call(message);
  }

  edit(message: SaidOnce, named: Named): void {
    const before = message.named;
    message.named = named;
    this.#tellNamed(message, {
      userIds: named.userIds.filter((userId) => !before.userIds.includes(userId)),
      room: false,
      here: named.here && !before.here,
      moderators: named.moderators && !before.moderators,
    });
    if (named.room && !before.room) this.#call(message);
    if (message.rootId !== null) for (const userId of named.userIds) this.follow(message.rootId, userId, true);
  }

  remove(message: SaidOnce): void {
    message.deleted = true;
    for (const { told } of this.#people.values()) told.delete(message.id);
  }

  react(message: SaidOnce, userId: string, emoji: string): void {
    const reaction = `${userId} ${emoji}`;
    if (message.reacted.has(reaction)) return;
    message.reacted.add(reaction);
    if (userId !== message.authorId) this.#tell(message.authorId, message, 'reaction', userId);
  }

  follow(rootId: string, userId: string, following: boolean): void {
    this.#followers(rootId).set(userId, following);
  }

  /** What somebody's list has: of rooms they are in, and calls since they came there. */
  listOf(userId: string): { id: string; reasons: NotificationReason[] }[] {
    const { told, joins } = this.of(userId);
    return [...told].flatMap(([id, { roomId, reasons, joins: since }]) => {
      const membership = joins.get(roomId)!;
      const shown = membership.inside && (since === undefined || since === membership.times);
      return shown ? [{ id, reasons: [...reasons].sort() }] : [];
    });
  }

  #tellNamed(message: SaidOnce, named: Named): void {
    for (const userId of named.userIds) this.#tell(userId, message, 'mention');
    if (named.here) for (const userId of this.online(message.roomId)) this.#tell(userId, message, 'here');
    if (named.moderators) for (const userId of this.#moderators(message.roomId)) this.#tell(userId, message, 'moderators');
  }

  #answer(message: SaidOnce, rootId: string): void {
    const followers = this.#followers(rootId);
    const { authorId } = this.said.find(({ id }) => id === rootId)!;
    if (!followers.has(authorId)) followers.set(authorId, true);
    for (const [userId, following] of followers) if (following) this.#tell(userId, message, 'thread');
    for (const userId of [message.authorId, ...message.named.userIds]) followers.set(userId, true);
  }

  #tell(userId: string, message: SaidOnce, reason: NotificationReason, actorId = message.authorId): void {
    const { told } = this.of(userId);
    if (userId === actorId || !this.isIn(userId, message.roomId) || this.#looksAt(userId, message) || !this.#wants(userId, message, reason))
      return;
    const entry = told.get(message.id);
    if (entry?.joins === this.of(userId).joins.get(message.roomId)!.times) return;
    if (entry && entry.joins === undefined) return void entry.reasons.add(reason);
    told.set(message.id, { roomId: message.roomId, reasons: new Set([reason]) });
    this.#ring(userId, message);
  }

  /** One that is called again by an edit is not. */
  #call(message: SaidOnce): void {
    if (message.called) return;
    message.called = true;
    for (const userId of this.#inside(message.roomId)) {
      const { told, joins } = this.of(userId);
      if (userId === message.authorId || this.#looksAt(userId, message) || this.#level(userId, message.roomId) === 'nothing') continue;
      if (told.has(message.id)) continue;
      told.set(message.id, { roomId: message.roomId, reasons: new Set(['room']), joins: joins.get(message.roomId)!.times });
      this.#ring(userId, message);
    }
  }

  #ring(userId: string, { id }: SaidOnce): void {
    const key = `${userId} ${id}`;
    if (!this.rang.has(key)) this.rang.set(key, this.of(userId).quiet);
  }

  #looksAt = (userId: string, { roomId }: SaidOnce): boolean => this.of(userId).looksAt === roomId;

  #level(userId: string, roomId: string): NotifyLevel {
    const { levels, prefers } = this.of(userId);
    return levels.get(roomId) ?? prefers;
  }

  #wants(userId: string, { roomId }: SaidOnce, reason: NotificationReason): boolean {
    const level = this.#level(userId, roomId);
    if (level !== 'mentions') return level === 'all';
    if (reason === 'direct') return !this.of(userId).levels.has(roomId);
    return reason === 'mention' || reason === 'here' || reason === 'moderators';
  }

  #inside = (roomId: string): string[] => [...this.#people.keys()].filter((userId) => this.isIn(userId, roomId));
  #moderators = (roomId: string): string[] => this.#inside(roomId).filter((userId) => this.of(userId).joins.get(roomId)!.moderates);

  #followers(rootId: string): Map<string, boolean> {
    const followers = this.#follows.get(rootId) ?? new Map<string, boolean>();
    this.#follows.set(rootId, followers);
    return followers;
  }
}
