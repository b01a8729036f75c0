import { EXCEPTIONS } from './exceptions.ts';
import { readMigrations, type Landed } from './landed.ts';
import { findLocks, type Rule } from './rules.ts';

const rulesOf = async (queries: string | string[], transactional = true): Promise<Rule[]> =>
  (await findLocks({ queries: [queries].flat(), transactional })).map(({ rule }) => rule);

describe('a migration of a table in use', () => {
  it.each<[string, Rule]>([
    ['create index a on messages (seq)', 'blocks-writes'],
    ['create unique index a on messages (seq)', 'blocks-writes'],
    ['drop index messages_author', 'blocks-writes'],
    ['alter table messages add constraint u unique (client_id)', 'blocks-writes'],
    ['alter table messages add column code text unique', 'blocks-writes'],
    ['lock table messages', 'blocks-writes'],
    ['truncate messages', 'blocks-writes'],
    ['cluster messages using messages_pkey', 'blocks-writes'],
    ['reindex table messages', 'blocks-writes'],
    ['alter table messages add column uid uuid not null default gen_random_uuid()', 'rewrites-table'],
    ['alter table messages add column at timestamptz default clock_timestamp()', 'rewrites-table'],
    ['alter table messages add column place bigserial', 'rewrites-table'],
    ['alter table messages add column n bigint generated always as identity', 'rewrites-table'],
    ['alter table messages add column size int generated always as (length(body)) stored', 'rewrites-table'],
    ['alter table messages alter column seq type bigint', 'rewrites-table'],
    ['alter table messages alter column body set not null', 'scans-table'],
    ['alter table messages add constraint c check (seq > 0)', 'scans-table'],
    ['alter table messages add constraint f foreign key (room_id) references rooms (id)', 'scans-table'],
    ['alter table messages add column room uuid references rooms (id)', 'scans-table'],
    ['alter table messages add column hops int check (hops > 0)', 'scans-table'],
    ['update messages set edited = false', 'changes-every-row'],
    ['delete from messages where deleted_at is not null', 'changes-every-row'],
    ['alter table messages drop column body', 'breaks-running-code'],
    ['alter table messages rename column body to text', 'breaks-running-code'],
    ['alter table messages rename to entries', 'breaks-running-code'],
    ['alter table messages add column kind text not null', 'breaks-running-code'],
    ['drop table messages', 'breaks-running-code'],
    ['create index concurrently a on messages (seq)', 'not-concurrent-safe'],
    ['select 1; alter table only messages drop body', 'breaks-running-code'],
  ])('is told what it does: %s', async (sql, rule) => {
    expect(await rulesOf(sql)).toEqual([rule]);
  });

  it.each([
    'create table polls (id uuid primary key, room_id uuid references rooms (id)); create index polls_room on polls (room_id)',
    'alter table messages add column reactions jsonb',
    "alter table messages add column kind text not null default 'text'",
    'alter table messages add column seen_at timestamptz not null default now()',
    'alter table messages alter column kind set default 1',
    'alter table messages alter column kind drop not null',
    'alter table messages add constraint c check (seq > 0) not valid',
    'alter table messages validate constraint c',
    'alter table messages add constraint u unique using index messages_code',
    'create view shown as select id from messages',
    "insert into phrases (text) values ('drop table messages')",
  ])('may do what nobody notices: %s', async (sql) => {
    expect(await rulesOf(sql)).toEqual([]);
  });

  it('makes its indexes concurrently outside of a transaction, a query for each', async () => {
    const queries = ['drop index concurrently if exists a', 'create index concurrently a on messages (seq)'];
    expect(await rulesOf(queries, false)).toEqual([]);
    expect(await rulesOf(queries.join('; '), false)).toEqual(['not-concurrent-safe']);
  });
});

describe('the migrations of the services', () => {
  let landed: Landed[];
  beforeAll(async () => {
    landed = await readMigrations();
  }, 120_000);

  const exceptedIn = (name: string) => EXCEPTIONS.filter(({ migration }) => migration === name).flatMap(({ rules }) => rules);

  it('block nobody, write no table anew, and leave the version before at work, but for listed exceptions', () => {
    const unexpected = landed.flatMap(({ name, findings }) =>
      findings.filter(({ rule }) => !exceptedIn(name).includes(rule)).map(({ rule, table, says }) => `${name}: ${rule} ${table}: ${says}`),
    );
    expect(unexpected).toEqual([]);
  });

  it('need each of the listed exceptions', () => {
    const needless = EXCEPTIONS.flatMap(({ migration, rules }) => {
      const found = landed.find(({ name }) => name === migration)?.findings.map(({ rule }) => rule) ?? [];
      return rules.filter((rule) => !found.includes(rule)).map((rule) => `${migration}: ${rule}`);
    });
    expect(needless).toEqual([]);
  });
});
