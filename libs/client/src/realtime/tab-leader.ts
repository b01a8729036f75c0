/**
 * The leader among the tabs of a browser, which takes up what others left: the one that holds a lock of the browser, until
 * it is closed. Where there are no such locks, every tab leads; what two of them send is stored once all the same.
 */
export class TabLeader {
  #give: (() => void) | undefined;
  #claimed: string | undefined;
  #isLeader = false;

  constructor(private readonly locks: LockManager | undefined) {}

  /**
   * @param follow called when the tab that led is gone and this one leads
   * @returns whether this tab leads now
   */
  async claim(name: string, follow: () => void): Promise<boolean> {
    const { locks } = this;
    if (!locks) return true;
    if (this.#claimed === name) return this.#isLeader;
    this.give();
    this.#claimed = name;
    const given = new Promise<void>((resolve) => (this.#give = resolve));
    if (await this.#hold(locks, name, given, { ifAvailable: true })) return true;
    if (this.#claimed === name) void this.#hold(locks, name, given, {}).then((isHeld) => isHeld && follow());
    return false;
  }

  give(): void {
    this.#give?.();
    this.#give = undefined;
    this.#claimed = undefined;
    this.#isLeader = false;
  }

  /** Resolves when the lock is had, or is not to be had; it is held until it is given. */
  #hold(locks: LockManager, name: string, given: Promise<void>, options: LockOptions): Promise<boolean> {
    return new Promise((resolve) => {
      locks
        .request(name, options, async (lock) => {
          const isWanted = lock !== null && this.#claimed === name;
          this.#isLeader = isWanted;
          resolve(isWanted);
          if (isWanted) await given;
        })
        .catch(() => resolve(false));
    });
  }
}
