import { type DBSchema, type IDBPDatabase, openDB } from 'idb';

/** An upload with its bytes, as the browser keeps them. */
export type Unfinished = { id: string; userId: string; place: string; roomId: string; name: string; content: Blob; uploadId: string };
type Schema = DBSchema & { uploads: { key: string; value: Unfinished; indexes: { userId: string } } };

const STORE = 'uploads';

let opened: Promise<IDBPDatabase<Schema>> | undefined;

function database(): Promise<IDBPDatabase<Schema>> {
  opened ??= openDB<Schema>('atrium-uploads', 1, {
    upgrade: (fresh) => fresh.createObjectStore(STORE, { keyPath: 'id' }).createIndex('userId', 'userId'),
  });
  return opened;
}

/** Uploads that have begun and are not done, over reloads. A browser that keeps nothing, or has no space, only loses that. */
export async function keepUnfinished(upload: Unfinished): Promise<void> {
  await (await database()).put(STORE, upload);
}

export async function dropUnfinished(id: string): Promise<void> {
  await (await database()).delete(STORE, id);
}

export async function unfinishedOf(userId: string, place: string): Promise<Unfinished[]> {
  const all = await (await database()).getAllFromIndex(STORE, 'userId', userId);
  return all.filter((upload) => upload.place === place);
}

/** Whoever signs out leaves nothing behind for who comes next. */
export async function wipeUnfinished(): Promise<void> {
  await (await database()).clear(STORE);
}
