import { accounts, profileFacts, rooms, type DirectoryUser, type InputOf, type OutputOf, type RoomRecord } from '@atrium/contracts';
import { uuidv7 } from '@atrium/database';
import { FactsDouble, TestBus, aDatabase, aNats, aRedis, aService, type TestDatabase, type TestServer } from '@atrium/testing';
import { AppModule } from '../src/app.module.ts';
import { roomsConfig } from '../src/config.ts';

export type RoomsStack = {
  bus: TestBus;
  database: TestDatabase;
  redis: TestServer;
  profiles: FactsDouble<typeof profileFacts>;
  /** Another instance of the service beside the first. */
  startAnother(): Promise<void>;
  /** Somebody accounts knows. */
  aPerson(user?: Partial<DirectoryUser>): DirectoryUser;
};

/** The rooms service with servers of its own, and a stand-in for accounts. */
export async function aRoomsService(environment: Record<string, string> = {}): Promise<RoomsStack> {
  const [database, nats, redis] = [await aDatabase('rooms'), await aNats(), await aRedis()];
  const servers = { ...nats.as('rooms'), ROOMS_DATABASE_URL: database.url, REDIS_URL: redis.as('rooms') };
  const config = roomsConfig.parse({ ...environment, ...servers });
  const start = async () => void (await aService(AppModule, config));
  await start();
  const bus = await TestBus.connect(nats);
  const people = new Map<string, DirectoryUser>();
  bus.answer(accounts.getUsers, ({ userIds }) => ({ items: userIds.flatMap((id) => people.get(id) ?? []) }));
  bus.answer(accounts.openAccounts, ({ userIds }) => ({ userIds: userIds.filter((id) => people.has(id)) }));
  const profiles = new FactsDouble(bus, profileFacts);
  await bus.bus.connection.flush();
  return {
    bus,
    database,
    redis,
    profiles,
    startAnother: start,
    aPerson(user = {}) {
      const id = user.id ?? uuidv7();
      const username = user.username ?? `user${people.size + 1}`;
      const person = { id, username, displayName: username, avatarUrl: null, presence: 'auto' as const, ...user };
      people.set(id, person);
      return person;
    },
  };
}

type RoomDraft = Partial<InputOf<typeof rooms.create>> & { host?: DirectoryUser; members?: DirectoryUser[] };

/** A room with people in it, in the order in which they joined. */
export async function aRoom(stack: RoomsStack, { host = stack.aPerson(), members = [], ...settings }: RoomDraft = {}): Promise<RoomRecord> {
  const { room } = await stack.bus.call(rooms.create, { name: 'Room', ...settings }, host.id);
  for (const member of members) await join(stack, room.id, member, settings.password ? { password: settings.password } : {});
  return room;
}

export function join(stack: RoomsStack, roomId: string, person: DirectoryUser, options: object = {}): Promise<OutputOf<typeof rooms.join>> {
  return stack.bus.call(rooms.join, { roomId, address: '192.0.2.1', ...options }, person.id);
}

/** The roles by username, as a member sees them. */
export async function rolesIn(stack: RoomsStack, roomId: string, seenBy: DirectoryUser): Promise<Record<string, string>> {
  const { items } = await stack.bus.call(rooms.members, { roomId, limit: 100 }, seenBy.id);
  return Object.fromEntries(items.map((member) => [member.username, member.role]));
}

/** How each of several calls ended: `ok`, or the code it was refused with. */
export async function outcomes(calls: readonly Promise<unknown>[]): Promise<Record<string, number>> {
  const settled = await Promise.allSettled(calls);
  const counts: Record<string, number> = {};
  for (const result of settled) {
    const outcome = result.status === 'fulfilled' ? 'ok' : ((result.reason as { code?: string }).code ?? String(result.reason));
    counts[outcome] = (counts[outcome] ?? 0) + 1;
  }
  return counts;
}

/** Reports people's connections as a gateway would. */
export async function connect(stack: RoomsStack, status: 'online' | 'away' | 'offline', ...people: DirectoryUser[]): Promise<void> {
  const users = people.map(({ id }) => ({ userId: id, status }));
  await stack.bus.call(rooms.reportPresence, { gatewayId: GATEWAY, users });
}
const GATEWAY = uuidv7();
