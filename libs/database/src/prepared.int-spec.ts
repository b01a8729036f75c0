import { BusModule } from '@atrium/bus';
import { KitModule } from '@atrium/service-kit';
import { aDatabase, aNats, cleanUp, onCleanup, type TestDatabase } from '@atrium/testing';
import { Migration } from '@mikro-orm/migrations';
import { EntityManager, UniqueConstraintViolationException } from '@mikro-orm/postgresql';
import { NestFactory } from '@nestjs/core';
import { DatabaseModule } from './database.module.ts';
import { outboxHeaders, outboxTables } from './outbox.ts';
import { prepared } from './prepared.ts';
import { transact } from './transact.ts';
import { asUnavailable } from './unavailable.ts';

class CreateNotes extends Migration {
  override async up(): Promise<void> {
    this.addSql('create table notes (id integer primary key, body text not null)');
    this.addSql(outboxTables);
    this.addSql(outboxHeaders);
  }
}

class App {}

const noteById = prepared<{ id: number; body: string }>('note by id', 'select n.id, n.body from notes n where n.id = ?');
const addNote = prepared<never>('add a note', 'insert into notes (id, body) values (?, ?)');
const sleep = prepared<never>('sleep', 'select 1 from pg_sleep(?)');
const plansOf = prepared<{ plans: string }>(
  'plans of this connection',
  'select generic_plans + custom_plans as plans from pg_prepared_statements where name = ?',
);

describe('a prepared statement', () => {
  let database: TestDatabase;
  let em: EntityManager;

  beforeAll(async () => {
    database = await aDatabase('rooms');
    const imports = [
      BusModule.forRoot('rooms', (await aNats()).as('rooms')),
      KitModule.forRoot({}),
      DatabaseModule.forRoot({ service: 'rooms', url: database.url, entities: [], migrations: [CreateNotes], statementTimeoutMs: 500 }),
    ];
    const app = await NestFactory.createApplicationContext({ module: App, imports }, { logger: false });
    onCleanup(() => app.close());
    em = app.get(EntityManager).fork();
  });
  beforeEach(async () => {
    await em.execute('truncate notes');
  });
  afterAll(cleanUp);

  it('takes its values apart from its text, whatever they hold', async () => {
    const body = `it's "so" \\ $1 ? {a,b} \u{1f600}`;
    await addNote(em, [1, body]);
    expect(await noteById(em, [1])).toEqual([{ id: 1, body }]);
    expect(await noteById(em, [2])).toEqual([]);
  });

  it('is known to its connection by name, and used again there', async () => {
    const used = await em.transactional(async (tx) => {
      for (let i = 0; i < 3; i++) await noteById(tx, [i]);
      return plansOf(tx, ['note by id']);
    });
    expect(used).toEqual([{ plans: expect.stringMatching(/^([3-9]|\d\d+)$/) }]);
  });

  it('is part of its caller’s transaction', async () => {
    await expect(
      transact(em, async (tx) => {
        await addNote(tx, [1, 'taken back']);
        expect(await noteById(tx, [1])).toHaveLength(1);
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    expect(await noteById(em, [1])).toEqual([]);
  });

  it('goes on when its table gets a column, as it does while versions are mixed', async () => {
    await addNote(em, [1, 'before']);
    await em.transactional(async (tx) => {
      expect(await noteById(tx, [1])).toEqual([{ id: 1, body: 'before' }]);
    });
    await database.query('alter table rooms.notes add column colour text');
    expect(await noteById(em, [1])).toEqual([{ id: 1, body: 'before' }]);
  });

  it('fails as any other statement of the manager fails', async () => {
    await addNote(em, [1, 'first']);
    await expect(addNote(em, [1, 'second'])).rejects.toThrow(UniqueConstraintViolationException);
    const late = await sleep(em, [2]).catch(asUnavailable);
    expect(late).toMatchObject({ code: 'service_unavailable' });
  });

  it.each(['select * from notes', 'select n.* from notes n', 'with w as (select 1) select * from w'])(
    'is refused without the names of its columns: %s',
    (sql) => {
      expect(() => prepared('no columns', sql)).toThrow('no columns names no columns.');
    },
  );

  it('is refused under a name that another one has', () => {
    expect(() => prepared('note by id', 'select n.body from notes n')).toThrow('note by id');
  });
});
