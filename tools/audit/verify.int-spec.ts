import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { cleanUp, onCleanup, temporaryDirectory } from '@atrium/testing';
import type pg from 'pg';
import { room, type SoundDatabase, SoundTemplate } from '../check/test/sound-system.ts';
import { databaseServices } from '../local/provision.ts';
import { verifyAudit } from './verify.ts';

const template = new SoundTemplate();
let system: SoundDatabase;
let service: pg.Client;
let heads: string;

beforeAll(() => template.make(), 60_000);
afterEach(cleanUp);
afterAll(() => template.drop());

async function connected(): Promise<pg.Client> {
  const client = await system.connectAsService('rooms');
  onCleanup(() => client.end());
  return client;
}

async function start(): Promise<void> {
  system = await template.copyDatabase();
  heads = join(await temporaryDirectory('audit'), 'heads.json');
  service = await connected();
}

const write = (action: string) =>
  service.query(`insert into audit (id, room_id, at, action, details) values ($1, $2, now(), $3, '{"by": "hand"}')`, [
    randomUUID(),
    room,
    action,
  ]);
const link = () => service.query('select chain_audit()');
const verify = (accept = false) => verifyAudit(system.databaseUrl, { heads, accept });
/** As the owner of the table may, who gets his own triggers out of the way. */
const asOwner = (sql: string) =>
  system.change(`set role atrium_audit; alter table rooms.audit disable trigger user; ${sql};
    alter table rooms.audit enable trigger user; reset role`);

describe('a service, towards its own audit log,', () => {
  beforeEach(async () => {
    await start();
    await write('room.updated');
    await link();
  });

  it('owns neither it nor the schema it is in, whichever service it is', async () => {
    const { rows } = await service.query<{ service: string; owners: string[] }>(
      `select nspname as service, array_agg(distinct pg_get_userbyid(c.relowner)::text) || pg_get_userbyid(nspowner)::text as owners
       from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relname in ('audit', 'audit_head') group by nspname, nspowner`,
    );
    const keeper = ['atrium_audit', 'atrium_audit'];
    expect(Object.fromEntries(rows.map((row) => [row.service, row.owners]))).toEqual(
      Object.fromEntries(databaseServices.map((name) => [name, keeper])),
    );
  });

  it('may add to it and read it', async () => {
    const { rows } = await service.query<{ action: string }>('select action from audit order by number');
    expect(rows.map(({ action }) => action)).toEqual(['member.joined', 'member.joined', 'room.updated']);
  });

  const refused = [
    ['change a row', `update audit set reason = 'another'`],
    ['link a row as it likes', `update audit set number = 9, hash = ''`],
    ['remove a row', 'delete from audit'],
    ['empty it', 'truncate audit'],
    ['drop it', 'drop table audit'],
    ['drop its schema', 'drop schema rooms cascade'],
    ['rename it', 'alter table audit rename to another'],
    ['switch its triggers off', 'alter table audit disable trigger all'],
    ['drop a trigger', 'drop trigger audit_keep on audit'],
    ['add a trigger', 'create trigger mine before insert on audit for each row execute function audit_stamp()'],
    ['add a rule', 'create rule mine as on insert to audit do instead nothing'],
    ['take it back', 'alter table audit owner to atrium_rooms'],
    ['become its owner', 'set role atrium_audit'],
    ['pass triggers by', 'set session_replication_role = replica'],
    ['rewrite what links it', 'create or replace function chain_audit(most integer) returns bigint language sql as $$ select 0::bigint $$'],
    ['set its head', 'update audit_head set number = 0'],
    ['remove its head', 'delete from audit_head'],
  ] as const;

  it('may do nothing else: not change, remove, empty, drop, rename or take it, nor touch what guards it', async () => {
    const answers = await refused.reduce(async (before, [what, sql]) => {
      const done = await before;
      const answer = await service.query(sql).then(
        () => 'done',
        (error: Error) => error.message,
      );
      return { ...done, [what]: answer };
    }, Promise.resolve<Record<string, string>>({}));
    const wanted = expect.stringMatching(/permission denied|must be owner|not permitted/) as string;
    expect(answers).toEqual(Object.fromEntries(refused.map(([what]) => [what, wanted])));
    expect((await verify()).findings).toBe(0);
  });

  it('cannot put a row in under a number and a hash of its own', async () => {
    await service.query(
      `insert into audit (id, room_id, at, action, details, number, hash, digest) values ($1, $2, now(), 'room.updated', '{}', 1, '', '')`,
      [randomUUID(), room],
    );
    const { rows } = await service.query<{ number: string | null }>('select number from audit where hash is null');
    expect(rows).toEqual([{ number: null }]);
    await link();
    expect((await verify()).findings).toBe(0);
  });

  it('cannot lock the log of another service by handing that over', async () => {
    await expect(service.query(`select public.keep_audit('messages')`)).rejects.toMatchObject({ code: '42501' });
  });

  it.each([
    [
      'a function that links',
      'create function chain_audit() returns bigint language plpgsql as $$ begin raise exception $r$ran$r$; end $$',
    ],
    [
      'a function that is closer',
      'create function chain_audit(most smallint) returns bigint language plpgsql as $$ begin raise exception $r$ran$r$; end $$',
    ],
  ])('cannot have %s run by the keeper when it hands it over again', async (_what, sql) => {
    await service.query(sql);
    await service.query(`select public.keep_audit('rooms')`);
    expect((await verify()).findings).toBe(0);
  });

  it('may hand it over again, which changes nothing', async () => {
    await service.query(`select public.keep_audit('rooms')`);
    await expect(service.query('delete from audit')).rejects.toThrow('permission denied');
    expect((await verify()).findings).toBe(0);
  });
});

describe('the chain of an audit log', () => {
  beforeEach(start);

  it('holds rows of several writers, each once, however they are linked', async () => {
    const others = await Promise.all([1, 2, 3].map(connected));
    await Promise.all(
      others.map(async (other) => {
        for (let turn = 0; turn < 10; turn += 1) {
          await other.query(`insert into audit (id, room_id, at, action, details) values ($1, $2, now(), 'room.updated', '{}')`, [
            randomUUID(),
            room,
          ]);
          await other.query('select chain_audit(3)');
        }
      }),
    );
    await link();
    const { rows } = await service.query<{ numbers: number; last: number }>(
      'select count(distinct number)::int as numbers, max(number)::int as last from audit',
    );
    expect(rows).toEqual([{ numbers: 32, last: 32 }]);
    expect((await verify()).findings).toBe(0);
  });

  it('makes no writer wait for another who has not committed, and takes the late one in after it', async () => {
    const slow = await connected();
    await slow.query('begin');
    const earliest = '00000000-0000-7000-8000-000000000000';
    await slow.query(`insert into audit (id, room_id, at, action, details) values ($1, $2, now(), 'slow', '{}')`, [earliest, room]);
    await write('quick');
    await link();
    await slow.query('commit');
    await link();
    const { rows } = await service.query<{ action: string }>('select action from audit where number > 2 order by number');
    expect(rows).toEqual([{ action: 'quick' }, { action: 'slow' }]);
    expect((await verify()).findings).toBe(0);
  });

  it.each<[what: string, sql: string, sentence: string]>([
    ['a row that was changed', `update rooms.audit set reason = 'another' where number = 3`, 'row 3 of the audit log of rooms ('],
    [
      'a row that was changed, with its digest',
      `update rooms.audit set details = '{}' where number = 3; update rooms.audit a set digest = rooms.audit_digest(a) where number = 3`,
      'breaks at row 3 (',
    ],
    ['a row whose hash was made anew', `update rooms.audit set hash = sha256(hash) where number = 3`, 'breaks at row 3 ('],
    ['rows that are gone', `delete from rooms.audit where number in (2, 3)`, 'rows 2 to 3 of the audit log of rooms are gone'],
    ['an end that is gone', `delete from rooms.audit where number = 5`, 'ends at row 4, and its head says 5'],
    ['a log that is empty', `delete from rooms.audit`, 'ends at row 0, and its head says 5'],
    ['a head that is gone', `delete from rooms.audit_head`, 'its head says nothing'],
    ['a row that is not linked yet and was changed', `update rooms.audit set reason = 'another' where number is null`, 'has no number yet'],
  ])('shows %s', async (_what, sql, sentence) => {
    for (const action of ['one', 'two', 'three']) await write(action);
    await link();
    await write('four');
    expect((await verify()).findings).toBe(0);
    await asOwner(sql);
    const { lines, findings } = await verify();
    expect(lines.join('\n')).toContain(sentence);
    expect(findings).toBeGreaterThan(0);
  });

  it('shows that its end was cut off and its head set back, by what the last look remembered; and not what came after that', async () => {
    await write('remembered');
    await link();
    expect((await verify()).findings).toBe(0);
    await write('not remembered');
    await link();
    const cut = (number: number) =>
      asOwner(`delete from rooms.audit where number > ${number};
        update rooms.audit_head h set number = a.number, hash = a.hash from rooms.audit a where a.number = ${number}`);
    await cut(3);
    expect((await verify()).findings).toBe(0);
    await cut(2);
    const { lines, findings } = await verify();
    expect(findings).toBe(1);
    expect(lines.join('\n')).toContain('the audit log of rooms once had a row 3, and has none any more');
    expect((await verify()).findings).toBe(1);
    expect((await verify(true)).findings).toBe(0);
    expect((await verify()).findings).toBe(0);
  });
});
