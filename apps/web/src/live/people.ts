import { t } from '@lingui/core/macro';
import { Latest, Observable } from '@atrium/client';
import { BOT_USER_ID, type DirectoryUser, type Member, type MemberStatus, type PersonStatus, type TimelineEntry } from '@atrium/contracts';
import { client } from '../session/client.ts';
import type { Person } from '../session/offline-store.ts';
import { Statuses } from './statuses.ts';

type PeopleSnapshot = { people: ReadonlyMap<string, Person>; statuses: ReadonlyMap<string, MemberStatus> };

const BOT: Person = {
  id: BOT_USER_ID,
  username: 'bot',
  get displayName() {
    return t`Room bot`;
  },
  avatarUrl: null,
};
const ASK_AFTER_MS = 40;
const ASK_AT_MOST = 100;

/** Everyone this page has heard of, by id; asks for those it has not. */
export class People extends Observable<PeopleSnapshot> {
  readonly #people = new Map<string, Person>([[BOT.id, BOT]]);
  readonly #ids = new Map<string, string>();
  readonly #statuses = new Statuses();
  readonly #asked = new Set<string>();
  /** Whose status is known as well: lists of members do not have it. */
  readonly #whole = new Set<string>([BOT.id]);
  #age = 0;
  #wanted = new Set<string>();
  #selfId: string | undefined;
  readonly #latest = new Latest();

  /** A name to show; asks for it when it is not known yet. */
  want(userId: string): void {
    if (this.#whole.has(userId) || this.#asked.has(userId)) return;
    if (this.#wanted.size === 0) setTimeout(() => void this.#ask(), ASK_AFTER_MS);
    this.#wanted.add(userId);
  }

  learn(people: readonly (Person | DirectoryUser)[]): void {
    for (const person of people) {
      const { id, username, displayName, avatarUrl } = person;
      const isWhole = 'presence' in person;
      const { statusText, statusEmoji, statusUntil, timeZone }: PersonStatus = isWhole ? person : (this.#people.get(id) ?? {});
      if (isWhole) this.#whole.add(id);
      this.#ids.set(username, id);
      this.#people.set(id, { id, username, displayName, avatarUrl, statusText, statusEmoji, statusUntil, timeZone });
    }
    this.changed();
  }

  /** What a frame tells of somebody. @returns whether it is the latest of them */
  hear({ version, ...person }: DirectoryUser & { version?: number | undefined }): boolean {
    if (!this.#latest.take(person.id, version)) return false;
    this.learn([person]);
    return true;
  }

  /** What was told while the line was down was missed: whoever is on screen is asked for again. */
  renew(): void {
    this.#whole.clear();
    this.#asked.clear();
    this.#whole.add(BOT.id);
    this.#age += 1;
    this.changed();
  }

  /** How often what is known became old. */
  get age(): number {
    return this.#age;
  }

  /** Oneself: a list fetched a moment ago knows less about us than we do. */
  setSelf(person: Person): void {
    this.#selfId = person.id;
    this.learn([person]);
  }

  /** To be called before members are asked for. */
  askMembers(): number {
    return this.#statuses.ask();
  }

  /** @param asked what `askMembers` said */
  learnMembers(members: readonly Member[], asked: number): void {
    this.#statuses.learn(
      members.filter(({ id }) => id !== this.#selfId),
      asked,
    );
    this.learn(members);
  }

  learnEntries(entries: readonly TimelineEntry[]): void {
    for (const entry of entries) {
      if (entry.type !== 'member.joined' || this.#people.has(entry.userId)) continue;
      const { userId: id, username, displayName } = entry;
      this.learn([{ id, username, displayName, avatarUrl: null }]);
    }
  }

  idOf(username: string): string | undefined {
    return this.#ids.get(username.toLowerCase());
  }

  setStatus(userId: string, status: MemberStatus): void {
    if (this.#statuses.tell(userId, status)) this.changed();
  }

  protected build(): PeopleSnapshot {
    return { people: new Map(this.#people), statuses: this.#statuses.toMap() };
  }

  async #ask(): Promise<void> {
    const all = [...this.#wanted];
    this.#wanted = new Set();
    for (let from = 0; from < all.length; from += ASK_AT_MOST) await this.#askFor(all.slice(from, from + ASK_AT_MOST));
  }

  async #askFor(ids: readonly string[]): Promise<void> {
    for (const id of ids) this.#asked.add(id);
    try {
      const { items } = await client.users.byIds(ids);
      this.learn(items);
    } catch {
      // A missing name is shown as such; it is asked for again when the message is next on screen.
      for (const id of ids) this.#asked.delete(id);
    }
  }
}
