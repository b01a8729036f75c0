import { randomUUID } from 'node:crypto';
import { cleanUp } from '@atrium/testing';
import { countFindings, report, summary } from './report.ts';
import { checks, runChecks } from './run-checks.ts';
import { ann, ben, file, objectKey, room, type SoundSystem, SoundTemplate } from './test/sound-system.ts';

const template = new SoundTemplate();
let system: SoundSystem;
beforeAll(() => template.make(), 60_000);
beforeEach(async () => {
  system = await template.copy();
});
afterEach(cleanUp);
afterAll(() => template.drop());

const found = async () => (await runChecks(system)).filter(({ count }) => count > 0);
const nobody = randomUUID();
const another = randomUUID();
const longAgo = `now() - interval '1 hour'`;

describe('the check of a system', () => {
  it('finds nothing where everything agrees', async () => {
    const results = await runChecks(system);
    expect(results.flatMap(({ findings }) => findings)).toEqual([]);
    expect(summary(results)).toBe(`${checks.length} checks, 0 findings`);
  });

  it.each<[what: string, check: string, sql: string]>([
    ['a hole in a log', 'log-unbroken', `delete from messages.messages where seq = 3`],
    ['a log that ends before its counter', 'log-unbroken', `update messages.rooms set last_seq = 6`],
    ['a room that nobody counts', 'log-unbroken', `delete from messages.rooms`],
    [
      'two entries under one number',
      'log-numbers-once',
      `insert into messages.entries (room_id, seq, type, at, data) values ('${room}', 3, 'member.left', now(), '{}')`,
    ],
    [
      'a send that stands twice',
      'log-sends-once',
      `drop index messages.messages_client_id; update messages.rooms set last_seq = 6;
       insert into messages.messages (id, room_id, seq, client_id, author_id, kind, body, created_at)
         values ('${randomUUID()}', '${room}', 6, 'c1', '${ann}', 'text', 'Ahoy', now())`,
    ],
    ['a reply to nothing', 'log-threads-rooted', `update messages.messages set parent_id = '${nobody}'`],
    ['a read marker behind the end', 'log-read-markers', `update messages.read_markers set seq = 6`],
    [
      'two rooms of one epoch',
      'epochs-distinct',
      `insert into messages.rooms (id, epoch, visibility, who_can_post, slow_mode_seconds, history_visibility)
         select '${another}', epoch, visibility, who_can_post, slow_mode_seconds, history_visibility from messages.rooms`,
    ],
    ['people without a host', 'rooms-one-host', `alter table rooms.members disable trigger all; update rooms.members set role = 'member'`],
    ['a host of whom the room does not know', 'rooms-one-host', `update rooms.rooms set host_id = '${ben}'`],
    ['a wrong number of members', 'rooms-member-count', `update rooms.rooms set member_count = 3`],
    ['a missing fact', 'facts-unbroken-rooms', `update rooms.facts set version = 3 where version = 2; update rooms.rooms set version = 3`],
    [
      'a change without an audit row',
      'rooms-audited',
      `alter table rooms.audit disable trigger all; delete from rooms.audit where at > '2026-01-02T03:04:06Z'::timestamptz - interval '1 ms'`,
    ],
    ['a fact of a file that was never stored', 'facts-unbroken-files', `update files.files set facts_told = 2`],
    ['a balance that is not the sum', 'credits-sum', `update accounts.credit_accounts set balance = 98 where user_id = '${ann}'`],
    [
      'an account that is missing',
      'credits-accounts',
      `insert into accounts.users (id, username, display_name, password_hash) values ('${nobody}', 'eve', 'Eve', 'x')`,
    ],
    ['a commit that the ledger has not', 'credits-commits', `update accounts.credit_entries set reservation_key = null`],
    [
      'two answers for one payment',
      'credits-answers-once',
      `insert into files.file_chats (id, room_id, user_id, question, reservation_key, answer, created_at, claimed_at, answered_at)
         select id, '${room}', '${ann}', '?', 'q1', '!', now(), now(), now() from unnest(array['${randomUUID()}', '${randomUUID()}']::uuid[]) id`,
    ],
    ['a file that lost a passage', 'files-text-whole', `delete from files.file_chunks`],
    [
      'passages of two attempts',
      'files-text-once',
      `insert into files.file_chunks (file_id, page, start_at, end_at, terms) select file_id, page, start_at, end_at, terms from files.file_chunks;
       update files.files set chunks = 2`,
    ],
    [
      'text of a deleted file',
      'files-deleted-forgotten',
      `update files.files set deleted_at = now(); update messages.files set deleted_at = now(); update messages.rooms set last_seq = 6;
       insert into messages.entries (room_id, seq, type, at, data) values ('${room}', 6, 'file.deleted', now(), '{"fileId": "${file}"}')`,
    ],
  ])('finds %s', async (_what, check, sql) => {
    await system.change(sql);
    const results = await found();
    expect(results.map((result) => result.check.name)).toContain(check);
    expect(countFindings(results)).toBeGreaterThan(0);
    expect(report(results).join('\n')).toContain(check);
  });

  it('finds a file whose object is gone, and an object that belongs to no file', async () => {
    await system.removeObject(objectKey);
    await system.putObject(`rooms/${room}/${nobody}`, 'left behind');
    expect((await found()).map(({ check, findings }) => [check.name, findings.map(({ key }) => key)])).toEqual([
      ['objects-of-files', [file]],
      ['objects-known', [`rooms/${room}/${nobody}`]],
    ]);
  });

  it('finds an object that is shorter than its file', async () => {
    await system.putObject(objectKey, 'cut');
    expect((await found()).map(({ findings }) => findings[0]?.says)).toEqual([expect.stringContaining('3 bytes instead of')]);
  });

  it('leaves the object of an upload that is under way alone', async () => {
    await system.change(`insert into files.uploads values ('${nobody}', '${room}', '${ann}', now())`);
    await system.putObject(`rooms/${room}/${nobody}`, 'under way');
    expect(await found()).toEqual([]);
  });
});

describe('what only running services bring to an end', () => {
  const unsettled: [what: string, check: string, sql: string][] = [
    ['a member of whom messages does not know', 'copy-members-messages', `delete from messages.access where user_id = '${ben}'`],
    [
      'a removal of which files does not know',
      'copy-members-files',
      `insert into files.access (room_id, user_id, version, role, joined_at) select room_id, '${nobody}', 3, 'member', joined_at from files.access limit 1`,
    ],
    ['another role in a copy', 'copy-members-messages', `update messages.access set role = 'moderator' where user_id = '${ben}'`],
    ['an archived room that files holds open', 'copy-rooms-files', `update files.rooms set archived_at = now()`],
    ['facts that were not taken in', 'facts-taken-rooms-messages', `update messages.fact_heads set version = 1 where key = '${room}'`],
    ['facts of a file that were not taken in', 'facts-taken-files-messages', `delete from messages.fact_heads where key = '${file}'`],
    ['another status of a file in a copy', 'copy-files-messages', `update messages.files set status = 'extracting'`],
    [
      'a status that the room was never told',
      'log-files-messages',
      `update messages.entries set data = data || '{"status": "queued"}' where seq = 5`,
    ],
    ['a file without an end', 'files-end', `update files.files set status = 'extracting', touched_at = ${longAgo}`],
    [
      'a reservation that is held for ever',
      'credits-reservations-end',
      `insert into accounts.credit_reservations (user_id, key, amount, reason, ref, expires_at) values ('${ann}', 'q2', 1, 'x', 'x', ${longAgo})`,
    ],
    [
      'an event that is not sent',
      'outbox-rooms',
      `insert into rooms.outbox values ('${randomUUID()}', 'events.rooms.x', '{}', ${longAgo})`,
    ],
  ];

  it.each(unsettled)('waits while none runs, and is a finding when it stays although they run: %s', async (_what, check, sql) => {
    await system.change(sql);
    const options = { settleWithinMs: 0, only: ({ name }: { name: string }) => name === check };
    const waiting = await runChecks(system, options);
    expect(waiting).toMatchObject([{ count: 1, waits: true }]);
    expect(countFindings(waiting)).toBe(0);
    const service = await system.connectAsService('rooms');
    expect(countFindings(await runChecks(system, options))).toBe(1);
    await service.end();
  });

  it('is no finding when it ends while the check looks again', async () => {
    await system.change(`update messages.fact_heads set version = 1 where key = '${room}'`);
    const service = await system.connectAsService('rooms');
    const checking = runChecks(system, { only: ({ name }) => name === 'facts-taken-rooms-messages' });
    await system.change(`update messages.fact_heads set version = 2 where key = '${room}'`);
    expect(countFindings(await checking)).toBe(0);
    await service.end();
  });
});
