import { BusModule, BusTransport, HandleRpc } from '@atrium/bus';
import { AppError, defineRpcs, roomEvents } from '@atrium/contracts';
import { KitModule } from '@atrium/service-kit';
import { TestBus, aDatabase, aNats, cleanUp, waitFor } from '@atrium/testing';
import { Migration } from '@mikro-orm/migrations';
import { EntityManager } from '@mikro-orm/postgresql';
import { Controller, Inject, Module, type INestMicroservice } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { z } from 'zod';
import { DatabaseModule } from './database.module.ts';
import { Outbox, outboxHeaders, outboxTables, uuidv7 } from './outbox.ts';
import { transact } from './transact.ts';

class CreateNotes extends Migration {
  override async up(): Promise<void> {
    this.addSql('create table notes (id uuid primary key)');
    this.addSql(outboxTables);
    this.addSql(outboxHeaders);
  }
}

const callers = { gateway: 'for-itself' } as const;
const probe = defineRpcs('probe', {
  note: { input: z.object({ id: z.string() }), output: z.object({ eventId: z.string() }), callers },
  ping: { input: z.object({}), output: z.object({}), callers },
});
const begun = Promise.withResolvers<void>();
const goOn = Promise.withResolvers<void>();

@Controller()
class Doors {
  constructor(
    @Inject(EntityManager) private readonly em: EntityManager,
    @Inject(Outbox) private readonly outbox: Outbox,
  ) {}

  @HandleRpc(probe.ping)
  async ping() {
    return {};
  }

  @HandleRpc(probe.note)
  async note({ id }: { id: string }) {
    begun.resolve();
    await goOn.promise;
    return transact(this.em, async (tx) => {
      await tx.execute('insert into notes (id) values (?)', [id]);
      const told = { roomId: id, version: 1, at: new Date().toISOString(), actorId: null, enabled: true };
      return { eventId: await this.outbox.add(tx, roomEvents.botToggled, told) };
    });
  }
}

describe('a call under way while its service stops', () => {
  let app: INestMicroservice;
  let bus: TestBus;
  let query: (sql: string) => Promise<unknown[]>;

  beforeAll(async () => {
    const [nats, database] = await Promise.all([aNats(), aDatabase('rooms')]);
    query = (sql) => database.query(sql);
    bus = await TestBus.connect(nats);
    const imports = [
      BusModule.forRoot('probe', nats.as('test')),
      KitModule.forRoot({}),
      DatabaseModule.forRoot({ service: 'rooms', url: database.url, entities: [], migrations: [CreateNotes] }),
    ];
    @Module({ imports, controllers: [Doors] })
    class App {}
    const transport = new BusTransport();
    app = await NestFactory.createMicroservice(App, { strategy: transport, logger: false });
    transport.attach(app);
    await app.listen();
  }, 30_000);
  afterAll(cleanUp);

  it('is finished, answered and told of before the database is closed', async () => {
    const id = uuidv7();
    const heard = await bus.hear(roomEvents.botToggled);
    const answer = bus.call(probe.note, { id });
    await begun.promise;
    const stopped = app.close();
    const isAway = () =>
      bus.call(probe.ping, {}).then(
        () => false,
        (error: unknown) => AppError.from(error).code === 'service_unavailable',
      );
    await waitFor(isAway, { what: 'the stop to begin' });
    goOn.resolve();
    expect(await answer).toEqual({ eventId: expect.any(String) as string });
    await stopped;
    expect(await query('select from rooms.notes')).toHaveLength(1);
    await waitFor(() => heard.length === 1, { what: 'the event' });
    expect(await query('select from rooms.outbox')).toEqual([]);
  }, 30_000);
});
