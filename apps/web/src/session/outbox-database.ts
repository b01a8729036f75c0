import { type KeptItem, KeyValueOutbox, type OutboxStore } from '@atrium/client';
import { type DBSchema, type IDBPDatabase, openDB } from 'idb';

type Schema = DBSchema & {
  items: { key: [string, string]; value: { userId: string; clientId: string; item: KeptItem }; indexes: { userId: string } };
};

const STORE = 'items';

/** Messages that are not sent, over reloads and crashes, shared by all tabs of this browser. */
export class OutboxDatabase implements OutboxStore {
  #opened: Promise<IDBPDatabase<Schema>> | undefined;

  async keep(userId: string, item: KeptItem): Promise<void> {
    // It would not do that a message is gone because its page was closed a moment later: it waits for the disk.
    const writing = (await this.#database()).transaction(STORE, 'readwrite', { durability: 'strict' });
    await writing.store.put({ userId, clientId: item.clientId, item });
    await writing.done;
  }

  async drop(userId: string, clientId: string): Promise<void> {
    await (await this.#database()).delete(STORE, [userId, clientId]);
  }

  async holds(userId: string, clientId: string): Promise<boolean> {
    return (await (await this.#database()).getKey(STORE, [userId, clientId])) !== undefined;
  }

  async all(userId: string): Promise<KeptItem[]> {
    await this.#takeOver(userId);
    const rows = await (await this.#database()).getAllFromIndex(STORE, 'userId', userId);
    return rows.map(({ item }) => item);
  }

  /** What an earlier version of the page kept. It goes there only once it is here. */
  async #takeOver(userId: string): Promise<void> {
    const former = new KeyValueOutbox(localStorage);
    for (const item of await former.all(userId)) {
      await this.keep(userId, item);
      await former.drop(userId, item.clientId);
    }
  }

  #database(): Promise<IDBPDatabase<Schema>> {
    this.#opened ??= openDB<Schema>('atrium-outbox', 1, {
      upgrade: (fresh) => fresh.createObjectStore(STORE, { keyPath: ['userId', 'clientId'] }).createIndex('userId', 'userId'),
    });
    return this.#opened;
  }
}
