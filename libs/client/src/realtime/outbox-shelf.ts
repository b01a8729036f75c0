import type { KeyValueStorage } from '../http/session.ts';
import type { OutboxItem } from './outbox-item.ts';

/**
 * Unsent messages over restarts, for each user of this browser. Every message has its own key: tabs share the storage,
 * and none may write over what another has not sent yet.
 */
export class OutboxShelf {
  constructor(private readonly storage?: KeyValueStorage) {}

  keep(userId: string, item: OutboxItem): void {
    try {
      this.storage?.setItem(keyOf(userId, item.clientId), JSON.stringify(item));
    } catch {
      // No room is no reason not to send: the message lives as long as this page.
    }
  }

  drop(userId: string, clientId: string): void {
    this.storage?.removeItem(keyOf(userId, clientId));
  }

  holds(userId: string, clientId: string): boolean {
    return this.storage?.getItem(keyOf(userId, clientId)) != null;
  }

  /** What this user left, whichever tab it was, in the order it was written. */
  all(userId: string): OutboxItem[] {
    const items = this.#keys(keyOf(userId, '')).flatMap((key) => this.#read(key));
    return items.sort((a, b) => compare(a.createdAt, b.createdAt) || compare(a.clientId, b.clientId));
  }

  #keys(prefix: string): string[] {
    const { storage } = this;
    if (!storage) return [];
    return Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? '').filter((key) => key.startsWith(prefix));
  }

  #read(key: string): OutboxItem[] {
    try {
      return [JSON.parse(this.storage?.getItem(key) ?? '') as OutboxItem];
    } catch {
      // Written half, say: nothing can be sent of it, and nobody else would ever remove it.
      this.storage?.removeItem(key);
      return [];
    }
  }
}

const keyOf = (userId: string, clientId: string): string => `atrium.outbox.${userId}.${clientId}`;
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
