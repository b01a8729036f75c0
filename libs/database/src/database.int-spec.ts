import { Bus, BusModule, because } from '@atrium/bus';
import { roomEvents } from '@atrium/contracts';
import { KitModule } from '@atrium/service-kit';
import { TestBus, aDatabase, aNats, cleanUp, onCleanup, waitFor, type TestDatabase, type TestNats } from '@atrium/testing';
import { Migration } from '@mikro-orm/migrations';
import { EntityManager } from '@mikro-orm/postgresql';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { DatabaseModule } from './database.module.ts';
import { Inbox } from './inbox.ts';
import { Outbox, outboxHeaders, outboxTables, uuidv7 } from './outbox.ts';
import { transact } from './transact.ts';

class CreateCounters extends Migration {
  override async up(): Promise<void> {
    this.addSql('create table counters (id integer primary key, value integer not null)');
    this.addSql('insert into counters values (1, 0), (2, 0)');
    this.addSql(outboxTables);
    this.addSql(outboxHeaders);
  }
}

/** What a large table needs: no transaction, so that it stays open for writing. */
class IndexCounters extends Migration {
  override isTransactional(): boolean {
    return false;
  }

  override async up(): Promise<void> {
    this.addSql('create index concurrently counters_value on counters (value)');
  }
}

class App {}

let nats: TestNats;
let database: TestDatabase;
let bus: TestBus;
let app: INestApplicationContext;
let em: EntityManager;

const start = async () => {
  const imports = [
    BusModule.forRoot('rooms', nats.as('rooms')),
    KitModule.forRoot({}),
    DatabaseModule.forRoot({ service: 'rooms', url: database.url, entities: [], migrations: [CreateCounters, IndexCounters] }),
  ];
  const started = await NestFactory.createApplicationContext({ module: App, imports }, { logger: false });
  onCleanup(() => started.close());
  return started;
};
const toggled = () => ({ roomId: uuidv7(), version: 1, at: new Date().toISOString(), actorId: null, enabled: true });
const valueOf = async (id: number) =>
  (await database.query<{ value: number }>('select value from rooms.counters where id = $1', [id]))[0]!.value;
const add = (tx: EntityManager, id: number) => tx.execute('update counters set value = value + 1 where id = ?', [id]);

beforeAll(async () => {
  nats = await aNats();
  database = await aDatabase('rooms');
  bus = await TestBus.connect(nats);
  [app] = await Promise.all([start(), start(), start()]);
  em = app!.get(EntityManager);
}, 30_000);
afterAll(cleanUp);

describe('migrations', () => {
  it('are applied once by instances that start together, indexes made concurrently too', async () => {
    expect(await database.query('select name from rooms.migrations')).toHaveLength(2);
    expect(await database.query(`select indisvalid from pg_index where indexrelid = 'rooms.counters_value'::regclass`)).toEqual([
      { indisvalid: true },
    ]);
  });
});

describe('a unit of work', () => {
  it('runs a transaction again that lost a deadlock', async () => {
    const before = [await valueOf(1), await valueOf(2)];
    const both = (first: number, second: number) =>
      transact(em, async (tx) => {
        await add(tx, first);
        // Both hold their first row before either wants the other's.
        await tx.execute('select pg_sleep(0.05)');
        await add(tx, second);
      });
    await Promise.all([both(1, 2), both(2, 1)]);
    expect([await valueOf(1), await valueOf(2)]).toEqual(before.map((value) => value + 2));
  });
});

describe('the pool of connections', () => {
  it('has all of its connections again after PostgreSQL cut them in the middle of transactions', async () => {
    const asleep = Array.from({ length: 10 }, () => transact(em, (tx) => tx.execute('select pg_sleep(1.8)')));
    const failed = Promise.allSettled(asleep);
    const sleeping = `from pg_stat_activity where query like '%pg_sleep(1.8)%' and pid <> pg_backend_pid() and datname = current_database()`;
    await waitFor(async () => (await database.query(`select 1 ${sleeping}`)).length === 10, { what: 'all of them to be in use' });
    await database.query(`select pg_terminate_backend(pid) ${sleeping}`);
    expect((await failed).map(({ status }) => status)).toEqual(Array.from({ length: 10 }, () => 'rejected'));
    await waitFor(
      () =>
        Promise.all(Array.from({ length: 10 }, () => transact(em, (tx) => tx.execute('select 1')))).then(
          () => true,
          () => false,
        ),
      { withinMs: 8000, what: 'connections to be had' },
    );
  }, 20_000);
});

describe('the outbox', () => {
  it('publishes what was committed, and nothing of what was rolled back', async () => {
    const heard = await bus.hear(roomEvents.botToggled);
    const [told, untold] = [toggled(), toggled()];
    await expect(
      transact(em, async (tx) => {
        await app.get(Outbox).add(tx, roomEvents.botToggled, untold);
        throw new Error('changed my mind');
      }),
    ).rejects.toThrow('changed my mind');
    await transact(em, (tx) => app.get(Outbox).add(tx, roomEvents.botToggled, told));
    await waitFor(() => heard.length > 0, { what: 'the event' });
    expect(heard).toEqual([told]);
    await waitFor(async () => (await database.query('select 1 from rooms.outbox')).length === 0, { what: 'an empty outbox' });
  });

  it('publishes what comes often in its order, also what is still being gathered at a stop', async () => {
    const stopping = await start();
    const heard = await bus.hear(roomEvents.botToggled);
    const told = Array.from({ length: 30 }, toggled);
    const { subject } = roomEvents.botToggled;
    for (const event of told) stopping.get(Outbox).publishSoon([{ id: uuidv7(), subject, payload: JSON.stringify(event) }]);
    await stopping.close();
    await waitFor(() => heard.length >= told.length, { what: 'all of them' });
    expect(heard).toEqual(told);
  });

  it('tells with an event what brought it about, and what orders it, also after a crash', async () => {
    const heard: { id: string; headers: Record<string, string> }[] = [];
    bus.bus.connection.subscribe(roomEvents.botToggled.subject, {
      callback: (_error, { headers }) =>
        void heard.push({
          id: headers!.get('Nats-Msg-Id'),
          headers: Object.fromEntries(headers!.keys().map((name) => [name, headers!.get(name)])),
        }),
    });
    await bus.bus.connection.flush();
    const told = toggled();
    const add = () => transact(em, (tx) => app.get(Outbox).add(tx, roomEvents.botToggled, told));
    const id = await because({ requestId: 'r-1' }, add);
    const left = uuidv7();
    await database.query(
      `insert into rooms.outbox (id, subject, payload, headers, created_at) values ($1, $2, $3, $4, now() - interval '1 minute')`,
      [left, roomEvents.botToggled.subject, JSON.stringify(told), { 'Atrium-Key': told.roomId, 'Atrium-Request': 'r-2' }],
    );
    const headersOf = (event: string) => heard.find((one) => one.id === event)?.headers;
    await waitFor(() => headersOf(id) && headersOf(left), { what: 'both events' });
    expect(headersOf(id)).toMatchObject({ 'Atrium-Key': told.roomId, 'Atrium-Request': 'r-1' });
    expect(headersOf(left)).toMatchObject({ 'Atrium-Key': told.roomId, 'Atrium-Request': 'r-2' });
  });

  it('sends what a crash left behind', async () => {
    const heard = await bus.hear(roomEvents.botToggled);
    const left = toggled();
    await database.query(`insert into rooms.outbox (id, subject, payload, created_at) values ($1, $2, $3, now() - interval '1 minute')`, [
      uuidv7(),
      roomEvents.botToggled.subject,
      JSON.stringify(left),
    ]);
    await waitFor(() => heard.length > 0, { what: 'the event' });
    expect(heard[0]).toEqual(left);
  });

  it('waits while NATS is away, and sends then', async () => {
    await nats.stop();
    await waitFor(() => !app.get(Bus).isConnected(), { what: 'the loss to be noticed' });
    const waiting = toggled();
    await transact(em, (tx) => app.get(Outbox).add(tx, roomEvents.botToggled, waiting));
    await nats.start();
    await waitFor(() => bus.bus.isConnected(), { what: 'the connection', withinMs: 10_000 });
    const heard = await bus.hear(roomEvents.botToggled);
    await waitFor(() => heard.some((event) => event.roomId === waiting.roomId), { what: 'the event', withinMs: 20_000 });
  }, 40_000);
});

describe('the inbox', () => {
  it('lets an event do its work once, whoever handles it', async () => {
    const eventId = uuidv7();
    const before = await valueOf(1);
    const handle = () => transact(em, (tx) => app.get(Inbox).once(tx, eventId, async () => void (await add(tx, 1))));
    await Promise.all([handle(), handle(), handle()]);
    expect(await valueOf(1)).toBe(before + 1);
  });

  it('forgets an event whose work failed, so that it is handled again', async () => {
    const eventId = uuidv7();
    const failing = transact(em, (tx) => app.get(Inbox).once(tx, eventId, () => Promise.reject(new Error('not now'))));
    await expect(failing).rejects.toThrow('not now');
    const before = await valueOf(1);
    await transact(em, (tx) => app.get(Inbox).once(tx, eventId, async () => void (await add(tx, 1))));
    expect(await valueOf(1)).toBe(before + 1);
  });
});
