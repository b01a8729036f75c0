import type { MemberStatus } from '@atrium/contracts';

/** Who is there, by id, from what is told and from lists: an answer knows nothing of what was told while it was on its way. */
export class Statuses {
  readonly #statuses = new Map<string, MemberStatus>();
  /** As of when each is known. */
  readonly #since = new Map<string, number>();
  #now = 0;

  /** To be called before a list is asked for. @returns as of when it will be known */
  ask(): number {
    return ++this.#now;
  }

  /** @returns whether that is news */
  tell(userId: string, status: MemberStatus): boolean {
    return this.#take(userId, status, ++this.#now);
  }

  learn(people: readonly { id: string; status: MemberStatus }[], asked: number): void {
    for (const { id, status } of people) this.#take(id, status, asked);
  }

  toMap(): ReadonlyMap<string, MemberStatus> {
    return new Map(this.#statuses);
  }

  #take(userId: string, status: MemberStatus, since: number): boolean {
    if (since < (this.#since.get(userId) ?? 0)) return false;
    this.#since.set(userId, since);
    const isNews = this.#statuses.get(userId) !== status;
    this.#statuses.set(userId, status);
    return isNews;
  }
}
