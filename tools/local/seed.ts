import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { adminCodeOf } from './admin-code.ts';
import { NameTaken, Person } from './seed/api.ts';
import { captainsTable, captainsTalk, demoPassword, engineRoom, engineRoomTalk, people, type SeedMessage } from './seed/content.ts';
import { pumpHandbook, watchRota } from './seed/documents.ts';
import type { Settings } from './settings.ts';

interface Room {
  id: string;
  name: string;
}

type Crew = Record<SeedMessage['from'], Person>;

async function enterAll(origin: string, adminCode: string): Promise<Crew> {
  const entered: [string, Person][] = [];
  // One after the other: the ids, and so the order in lists, follow the order in which people came.
  for (const who of people) entered.push([who.username, await Person.enter(origin, { ...who, password: demoPassword, adminCode })]);
  return Object.fromEntries(entered) as Crew;
}

async function roomOf(host: Person, wanted: { name: string }): Promise<Room> {
  const joined = await host.get<{ items: Room[] }>('/api/rooms?scope=joined');
  return joined.items.find((room) => room.name === wanted.name) ?? host.post<Room>('/api/rooms', wanted);
}

async function talk(crew: Crew, room: Room, messages: SeedMessage[]): Promise<void> {
  const ids = new Map<string, string>();
  for (const { key, from, body, inThread, pinned } of messages) {
    const parentId = inThread ? ids.get(inThread) : undefined;
    const sent = await crew[from].post<{ id: string }>(`/api/rooms/${room.id}/messages`, { body, parentId, clientId: `seed-${key}` });
    ids.set(key, sent.id);
    if (pinned) await crew.ada.post(`/api/rooms/${room.id}/messages/${sent.id}/pin`, { pinned: true });
  }
}

async function share(person: Person, room: Room, files: File[]): Promise<void> {
  const there = await person.get<{ items: { name: string }[] }>(`/api/rooms/${room.id}/files`);
  for (const file of files) {
    if (!there.items.some((item) => item.name === file.name)) await person.upload(`/api/rooms/${room.id}/files`, file);
  }
}

async function furnish(origin: string, adminCode: string): Promise<void> {
  const crew = await enterAll(origin, adminCode);
  const open = await roomOf(crew.ada, engineRoom);
  for (const person of [crew.grace, crew.linus]) await person.post(`/api/rooms/${open.id}/join`, {});
  await share(crew.ada, open, [await pumpHandbook(), watchRota()]);
  await talk(crew, open, engineRoomTalk);
  const closed = await roomOf(crew.ada, captainsTable);
  await crew.grace.post(`/api/rooms/${closed.id}/join`, { password: captainsTable.password });
  await talk(crew, closed, captainsTalk);
}

const LEFT_OUT = 'left out\n';

/** Names the database without its password: the demo belongs to where it was put. */
export function seedMark(databaseUrl: string | undefined): string {
  if (!databaseUrl) return 'seeded';
  const { host, pathname } = new URL(databaseUrl);
  return `seeded-${(host + pathname).replace(/[^\w.-]/g, '-')}`;
}

/**
 * Fills an empty Atrium with people, rooms, talk and files, through the public API. Done once for a
 * database: what people delete afterwards stays deleted. A run that was cut off is taken up again.
 * @returns whether the demo's people are there to be logged in as
 */
export async function seed(settings: Settings, report: (line: string) => void): Promise<boolean> {
  const done = join(settings.paths.data, seedMark(settings.given.databaseUrl));
  if (existsSync(done)) return (await readFile(done, 'utf8')) !== LEFT_OUT;
  report('writing the demo data');
  try {
    await furnish(`http://127.0.0.1:${settings.port}`, adminCodeOf(settings));
  } catch (error) {
    if (!(error instanceof NameTaken)) throw error;
    report(`the demo data is left out: there is an account "${error.username}" already, with a password that is not the demo’s`);
    // Not to be tried at every start: each try is a failed sign-in to somebody's account.
    await writeFile(done, LEFT_OUT);
    return false;
  }
  await writeFile(done, '');
  return true;
}
