import type { KeptItem, OutboxStore } from '@atrium/client';

/** The database of unsent messages, which arrives after what is looked at first. */
export class LazyOutbox implements OutboxStore {
  readonly locks = navigator.locks;
  #loaded: Promise<OutboxStore> | undefined;

  async keep(userId: string, item: KeptItem): Promise<void> {
    await (await this.#store()).keep(userId, item);
  }

  async drop(userId: string, clientId: string): Promise<void> {
    await (await this.#store()).drop(userId, clientId);
  }

  async holds(userId: string, clientId: string): Promise<boolean> {
    return (await this.#store()).holds(userId, clientId);
  }

  async all(userId: string): Promise<KeptItem[]> {
    return (await this.#store()).all(userId);
  }

  #store(): Promise<OutboxStore> {
    this.#loaded ??= import('./outbox-database.ts').then(({ OutboxDatabase }) => new OutboxDatabase());
    return this.#loaded;
  }
}
