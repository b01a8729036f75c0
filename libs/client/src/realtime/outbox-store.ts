import { AtriumError, type AtriumErrorFields } from '../errors.ts';
import type { KeyValueStorage } from '../http/session.ts';
import type { OutboxItem } from './outbox-item.ts';

/** A message that is not sent, as it is kept over restarts; of a refusal, what can be said about it. */
export type KeptItem = Omit<OutboxItem, 'error'> & { error?: Pick<AtriumErrorFields, 'code' | 'status' | 'detail'> };

/**
 * Keeps messages that are not sent, for each user of this browser. Tabs share it, so every message stands by itself and
 * none may write over what another has not sent yet.
 */
export interface OutboxStore {
  /** Where several tabs share it: one of them takes up what those that go have left. */
  readonly locks?: LockManager | undefined;
  keep(userId: string, item: KeptItem): Promise<void>;
  drop(userId: string, clientId: string): Promise<void>;
  holds(userId: string, clientId: string): Promise<boolean>;
  /** What this user left, whichever tab it was, in any order. */
  all(userId: string): Promise<KeptItem[]>;
}

export function toKept({ error, ...item }: OutboxItem): KeptItem {
  return error ? { ...item, error: { code: error.code, status: error.status, detail: error.detail } } : item;
}

export function fromKept({ error, ...item }: KeptItem): OutboxItem {
  return error ? { ...item, error: new AtriumError(error) } : item;
}

const PREFIX = 'atrium.outbox.';

/** In what remembers texts by keys, as `localStorage` does. */
export class KeyValueOutbox implements OutboxStore {
  constructor(private readonly storage: KeyValueStorage) {}

  keep(userId: string, item: KeptItem): Promise<void> {
    return settled(() => this.storage.setItem(keyOf(userId, item.clientId), JSON.stringify(item)));
  }

  drop(userId: string, clientId: string): Promise<void> {
    return settled(() => this.storage.removeItem(keyOf(userId, clientId)));
  }

  holds(userId: string, clientId: string): Promise<boolean> {
    return settled(() => this.storage.getItem(keyOf(userId, clientId)) !== null);
  }

  all(userId: string): Promise<KeptItem[]> {
    return settled(() => this.#keys(keyOf(userId, '')).flatMap((key) => this.#read(key)));
  }

  #keys(prefix: string): string[] {
    const { storage } = this;
    return Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? '').filter((key) => key.startsWith(prefix));
  }

  #read(key: string): KeptItem[] {
    try {
      return [JSON.parse(this.storage.getItem(key) ?? '') as KeptItem];
    } catch {
      // Written half, say: nothing can be sent of it, and nobody else would ever remove it.
      this.storage.removeItem(key);
      return [];
    }
  }
}

const keyOf = (userId: string, clientId: string): string => `${PREFIX}${userId}.${clientId}`;
const settled = <T>(work: () => T): Promise<T> => new Promise((resolve) => resolve(work()));
