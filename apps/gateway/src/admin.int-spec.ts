import { accountEvents, accounts, bot, files, messages, rooms, type AuditEntry } from '@atrium/contracts';
import { cleanUp, waitFor } from '@atrium/testing';
import { v7 as uuidv7 } from 'uuid';
import type { Person } from '../test/fake-services.ts';
import { Harness } from '../test/harness.ts';
import { declaredEndpoints } from './endpoints.ts';

let gateway: Harness;
let ann: Person;
let root: Person;

beforeAll(async () => {
  gateway = await Harness.start();
  ann = gateway.services.aPerson();
  root = gateway.services.aPerson();
  gateway.services.admins.add(root.userId);
});
afterAll(cleanUp);

const codeOf = async (reply: Response) => (reply.ok ? reply.status : ((await reply.json()) as { code: string }).code);
const adminEndpoints = declaredEndpoints.filter(({ path }) => path.startsWith('/api/admin'));
const pathOf = (path: string) => path.replace(/:\w+/g, uuidv7());

describe('the admin interface', () => {
  it.each(adminEndpoints.map(({ method, path }) => [method, path]))('is not there for who is no admin: %s %s', async (method, path) => {
    expect(await codeOf(await gateway.fetch(pathOf(path), { as: ann, method }))).toBe('not_found');
    // Nor does a wrong input tell that there is something that reads it.
    expect(await codeOf(await gateway.fetch(`${pathOf(path)}?limit=0&format=x&step=x`, { as: ann, method }))).toBe('not_found');
    expect(await codeOf(await gateway.fetch(pathOf(path), { method }))).toBe('unauthenticated');
  });

  it('is closed to a token without its scope, and to the token of who is admin no more', async () => {
    const { token } = gateway.services.aPersonalToken(root, ['rooms:read'], { role: 'admin' });
    const former = gateway.services.aPersonalToken(root, ['admin']);
    const get = (bearer: string) => fetch(`${gateway.url}/api/admin/users`, { headers: { authorization: `Bearer ${bearer}` } });
    expect(await codeOf(await get(token))).toBe('insufficient_scope');
    expect(await codeOf(await get(former.token))).toBe('not_found');
  });

  it('says what is wrong with an input', async () => {
    for (const query of ['stats?step=1s', 'stats?from=2026-02-01&to=2026-01-01', 'stats?from=2020-01-01&step=60', 'audit?from=yesterday'])
      expect([query, await codeOf(await gateway.fetch(`/api/admin/${query}`, { as: root }))]).toEqual([query, 'validation_failed']);
  });
});

describe('the audit log', () => {
  const logs = { accounts: [] as AuditEntry[], rooms: [] as AuditEntry[] };
  const asked: object[] = [];

  beforeAll(async () => {
    const entry = (service: string): AuditEntry => ({
      ...{ id: uuidv7(), at: new Date().toISOString(), service, actorId: root.userId, action: 'user.disabled' },
      ...{ targetId: null, roomId: null, reason: 'because', details: {} },
    });
    for (let i = 0; i < 3; i++) {
      logs.accounts.unshift(entry('accounts'));
      logs.rooms.unshift(entry('rooms'));
    }
    const read = (log: AuditEntry[], { before, limit }: { before?: string; limit: number }) => ({
      items: log.filter(({ id }) => before === undefined || id < before).slice(0, limit),
    });
    gateway.services.bus.answer(accounts.adminAudit, (input) => {
      asked.push(input);
      return read(logs.accounts, input);
    });
    gateway.services.bus.answer(rooms.adminAudit, (input) => read(logs.rooms, input));
    for (const log of [files.adminAudit, messages.adminAudit, bot.adminAudit]) gateway.services.bus.answer(log, () => ({ items: [] }));
    gateway.services.bus.answer(accounts.adminUsers, () => ({ items: [], nextCursor: null }));
    await gateway.services.bus.bus.connection.flush();
  });
  const all = () => [...logs.accounts, ...logs.rooms].sort((a, b) => (a.id < b.id ? 1 : -1));
  const read = async (query: string) =>
    (await (await gateway.fetch(`/api/admin/audit${query}`, { as: root })).json()) as { items: AuditEntry[]; nextCursor: string | null };

  it('is that of all services, newest first, page by page without a gap', async () => {
    const first = await read('?limit=4');
    expect(first.items).toEqual(all().slice(0, 4));
    const second = await read(`?limit=4&cursor=${first.nextCursor}`);
    expect(second).toEqual({ items: all().slice(4), nextCursor: null });
  });

  it('is exported as JSON Lines, one for each entry', async () => {
    const reply = await gateway.fetch('/api/admin/audit?format=jsonl&limit=2', { as: root });
    expect(reply.headers.get('content-type')).toBe('application/jsonl; charset=utf-8');
    expect(reply.headers.get('content-disposition')).toMatch(/^attachment; filename="audit-\d{4}-\d\d-\d\d\.jsonl"$/);
    const lines = (await reply.text()).trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(all());
  });

  it('passes its filters on, and knows of nothing that nobody did', async () => {
    await read(`?actor=${root.userId}&action=user&from=2026-01-01`);
    expect(asked.at(-1)).toMatchObject({ actorId: root.userId, action: 'user', from: '2026-01-01T00:00:00.000Z' });
    expect(await read('?actor=nobody')).toEqual({ items: [], nextCursor: null });
  });
});

describe('an account', () => {
  it('that is disabled has no socket left, nor anything that was remembered of it', async () => {
    const person = gateway.services.aPerson();
    const socket = await gateway.connect(person);
    gateway.services.endedSessions.add(person.sessionId);
    const told = { userId: person.userId, disabled: true, at: new Date().toISOString(), actorId: root.userId, reason: 'x' };
    await gateway.services.bus.tell(accountEvents.userDisabled, told);
    expect(await socket.closed()).toBe(4403);
    expect(await codeOf(await gateway.fetch('/api/rooms', { as: person }))).toBe('session_revoked');
  });

  it('of an admin loses the interface at once when the role is taken', async () => {
    const chief = gateway.services.aPerson();
    gateway.services.admins.add(chief.userId);
    const code = async () => codeOf(await gateway.fetch('/api/admin/audit', { as: chief }));
    expect(await code()).toBe(200);
    gateway.services.admins.delete(chief.userId);
    await gateway.services.bus.tell(accountEvents.userRoleChanged, { userId: chief.userId, role: 'user' });
    await waitFor(async () => (await code()) === 'not_found');
  });
});
