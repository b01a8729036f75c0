import { TestBus, aDatabase, aNats, aService, type TestDatabase } from '@atrium/testing';
import { AppModule } from '../src/app.module.ts';
import { botConfig } from '../src/config.ts';
import { TestRooms } from './the-rooms.ts';

type Instance = { close(): Promise<void> };
export type BotStack = {
  bus: TestBus;
  database: TestDatabase;
  rooms: TestRooms;
  startAnother(): Promise<Instance>;
  /** Stops the instance that was there from the beginning, and starts it when `meanwhile` has happened. */
  restart(meanwhile: () => Promise<unknown>): Promise<void>;
};

/** The bot with a database and a bus of its own, and rooms to be in. */
export async function aBotService(more: Record<string, string> = {}): Promise<BotStack> {
  const database = await aDatabase('bot');
  const nats = await aNats();
  const bus = await TestBus.connect(nats);
  const rooms = new TestRooms(bus);
  await rooms.open();
  const config = botConfig.parse({ ...nats.as('bot'), BOT_DATABASE_URL: database.url, BOT_SECRETS_KEY: 'b0'.repeat(32), ...more });
  const start = () => aService(AppModule, config);
  let first: Instance = await start();
  const restart = async (meanwhile: () => Promise<unknown>) => {
    await first.close();
    await meanwhile();
    first = await start();
  };
  return { bus, database, rooms, startAnother: start, restart };
}
