export type Said = {
  id: string;
  seq: number;
  authorId: string;
  rootId: string | null;
  /** A reply that the room shows too. */
  alsoInRoom: boolean;
  named: string[];
  deleted: boolean;
};
type Follow = { following: boolean; readTo: number };

/** What is unread for each person, counted over everything that was ever said. Slow, and plain enough to be believed. */
export class UnreadModel {
  readonly said: Said[] = [];
  readonly #markers = new Map<string, number>();
  readonly #follows = new Map<string, Follow>();
  /** Where each came into the room last. */
  readonly #joined = new Map<string, number>();

  join(userId: string, seq: number): void {
    this.#joined.set(userId, seq);
    this.#markers.set(userId, Math.max(this.#markers.get(userId) ?? 0, seq));
  }

  say(message: Said): void {
    this.said.push(message);
    if (message.rootId === null) return this.read(message.authorId, message.seq);
    const { rootId, authorId, seq } = message;
    this.#follow(rootId, this.root(rootId).authorId, seq - 1, false);
    this.#follow(rootId, authorId, seq, true);
    this.readThread(rootId, authorId, seq);
    for (const userId of message.named) this.#follow(rootId, userId, seq - 1, true);
  }

  edit(message: Said, named: string[]): void {
    message.named = named;
    if (message.rootId !== null) for (const userId of named) this.#follow(message.rootId, userId, message.seq - 1, true);
  }

  read(userId: string, seq: number): void {
    this.#markers.set(userId, Math.max(this.#marker(userId), seq));
  }

  unread(userId: string, seq: number): void {
    this.#markers.set(userId, Math.min(this.#marker(userId), seq));
  }

  readThread(rootId: string, userId: string, seq: number): void {
    const known = this.#follows.get(`${rootId} ${userId}`);
    const began = this.root(rootId).authorId === userId;
    this.#follows.set(`${rootId} ${userId}`, known ? { ...known, readTo: Math.max(known.readTo, seq) } : { following: began, readTo: seq });
  }

  setFollowing(rootId: string, userId: string, following: boolean, head: number): void {
    const known = this.#follows.get(`${rootId} ${userId}`);
    this.#follows.set(`${rootId} ${userId}`, { readTo: known?.readTo ?? head, following });
  }

  countsOf(userId: string): { readSeq: number; unread: number; mentions: number; threadUnread: number } {
    const readSeq = this.#marker(userId);
    const others = this.said.filter((message) => message.authorId !== userId && !message.deleted);
    const follow = (message: Said) => this.#follows.get(`${message.rootId} ${userId}`);
    return {
      readSeq,
      unread: others.filter(({ rootId, alsoInRoom, seq }) => (rootId === null || alsoInRoom) && seq > readSeq).length,
      mentions: others.filter((m) => m.named.includes(userId) && m.seq > readSeq && m.seq > (follow(m)?.readTo ?? 0)).length,
      threadUnread: others.filter((m) => {
        const followed = m.rootId === null ? undefined : follow(m);
        return followed?.following === true && m.seq > Math.max(followed.readTo, this.#joined.get(userId)!);
      }).length,
    };
  }

  root(id: string): Said {
    return this.said.find((message) => message.id === id)!;
  }

  #marker(userId: string): number {
    return this.#markers.get(userId) ?? this.#joined.get(userId)!;
  }

  #follow(rootId: string, userId: string, readTo: number, again: boolean): void {
    const known = this.#follows.get(`${rootId} ${userId}`);
    this.#follows.set(`${rootId} ${userId}`, known ? { ...known, following: known.following || again } : { following: true, readTo });
  }
}
