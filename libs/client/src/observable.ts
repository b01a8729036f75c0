/** Something a view can watch: a snapshot that changes identity when it changes, and a way to hear of it. */
export abstract class Observable<S> {
  readonly #watchers = new Set<() => void>();
  #snapshot: S | undefined;
  #announcing = false;

  /** The present state; the same object until something changes. */
  readonly snapshot = (): S => (this.#snapshot ??= this.build());

  readonly subscribe = (watcher: () => void): (() => void) => {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  };

  protected abstract build(): S;

  /** Many changes in one turn are announced once. */
  protected changed(): void {
    this.#snapshot = undefined;
    if (this.#announcing) return;
    this.#announcing = true;
    queueMicrotask(() => {
      this.#announcing = false;
      for (const watcher of [...this.#watchers]) watcher();
    });
  }
}
