import type { Message, PersonStatus, Room, User } from '@atrium/contracts';
import { type DBSchema, type IDBPDatabase, type IDBPTransaction, openDB } from 'idb';

/** Conversations that are kept, those seen last; and messages of each. */
const MOST_ROOMS = 30;
const MOST_MESSAGES = 50;
const MOST_PEOPLE = 2000;

export type Person = { id: string; username: string; displayName: string; avatarUrl?: string | null | undefined } & PersonStatus;
export type KeptTimeline = { roomId: string; epoch: string; messages: readonly Message[]; hasBefore: boolean; savedAt: number };
type StoreName = 'owner' | 'rooms' | 'timelines' | 'people';
type Kept = DBSchema & {
  owner: { key: string; value: User };
  rooms: { key: string; value: Room };
  timelines: { key: string; value: KeptTimeline; indexes: { savedAt: number } };
  people: { key: string; value: Person };
};
type Writing = IDBPTransaction<Kept, StoreName[], 'readwrite'>;

const STORES: StoreName[] = ['owner', 'rooms', 'timelines', 'people'];
const OWNER = 'owner';

let opened: Promise<IDBPDatabase<Kept>> | undefined;

/** What one person had before them, kept for when there is no network. It belongs to them alone, and goes when they do. */
function database(): Promise<IDBPDatabase<Kept>> {
  opened ??= openDB<Kept>('atrium-offline', 1, {
    upgrade: (fresh) => {
      fresh.createObjectStore('owner');
      fresh.createObjectStore('rooms', { keyPath: 'id' });
      fresh.createObjectStore('timelines', { keyPath: 'roomId' }).createIndex('savedAt', 'savedAt');
      fresh.createObjectStore('people', { keyPath: 'id' });
    },
  });
  return opened;
}

export const findOwner = async (): Promise<User | undefined> => (await database()).get('owner', OWNER);

/** From now on what is kept is this person's; what somebody else left is gone. */
export async function claim(user: User): Promise<void> {
  const writing = (await database()).transaction(STORES, 'readwrite');
  const owner = await writing.objectStore('owner').get(OWNER);
  if (owner && owner.id !== user.id) await clear(writing);
  await writing.objectStore('owner').put(user, OWNER);
  await writing.done;
}

export async function wipe(): Promise<void> {
  const writing = (await database()).transaction(STORES, 'readwrite');
  await clear(writing);
  await writing.done;
}

/** Rooms one is in no more are forgotten with their messages. */
export const keepRooms = (userId: string, rooms: readonly Room[]): Promise<void> =>
  asOwner(userId, async (writing) => {
    const [kept, timelines] = [writing.objectStore('rooms'), writing.objectStore('timelines')];
    await kept.clear();
    for (const room of rooms) await kept.put(room);
    const ids = new Set(rooms.map(({ id }) => id));
    for (const roomId of await timelines.getAllKeys()) if (!ids.has(roomId)) await timelines.delete(roomId);
  });

export const keepTimeline = (userId: string, timeline: Omit<KeptTimeline, 'savedAt'>): Promise<void> =>
  asOwner(userId, async (writing) => {
    const timelines = writing.objectStore('timelines');
    const messages = timeline.messages.slice(-MOST_MESSAGES);
    const hasBefore = timeline.hasBefore || messages.length < timeline.messages.length;
    await timelines.put({ ...timeline, messages, hasBefore, savedAt: Date.now() });
    const oldestFirst = await timelines.index('savedAt').getAllKeys();
    for (const roomId of oldestFirst.slice(0, -MOST_ROOMS)) await timelines.delete(roomId);
  });

export const keepPeople = (userId: string, people: readonly Person[]): Promise<void> =>
  asOwner(userId, async (writing) => {
    const kept = writing.objectStore('people');
    await kept.clear();
    for (const person of people.slice(-MOST_PEOPLE)) await kept.put(person);
  });

export const findTimeline = async (userId: string, roomId: string): Promise<KeptTimeline | undefined> =>
  (await isOwner(userId)) ? (await database()).get('timelines', roomId) : undefined;

export async function findRoomsAndPeople(userId: string): Promise<{ rooms: Room[]; people: Person[] }> {
  if (!(await isOwner(userId))) return { rooms: [], people: [] };
  const kept = await database();
  return { rooms: await kept.getAll('rooms'), people: await kept.getAll('people') };
}

/** A tab that has not heard yet that its person signed out in another writes nothing. */
async function asOwner(userId: string, write: (writing: Writing) => Promise<void>): Promise<void> {
  const writing = (await database()).transaction(STORES, 'readwrite');
  if ((await writing.objectStore('owner').get(OWNER))?.id === userId) await write(writing);
  await writing.done;
}

const isOwner = async (userId: string): Promise<boolean> => (await findOwner())?.id === userId;

async function clear(writing: Writing): Promise<void> {
  for (const name of STORES) await writing.objectStore(name).clear();
}
