import {
  AppError,
  accounts,
  deadLetterSubject,
  redeliveryTo,
  type AuditEntry,
  type DeadLetter,
  type SetAside,
  type User,
} from '@atrium/contracts';
import { metrics } from '@atrium/service-kit';
import { cleanUp, waitFor } from '@atrium/testing';
import { v7 as uuidv7 } from 'uuid';
import { aGrant, anAccountsService, type AccountsStack } from '../../test/accounts-stack.ts';

let stack: AccountsStack;
let root: User;
let consumer: string;

beforeAll(async () => {
  stack = await anAccountsService();
  root = (await aGrant(stack.bus)).user;
});
beforeEach(() => {
  consumer = `rooms-test-${uuidv7().slice(-8)}`;
});
afterAll(cleanUp);

const asRoot = () => ({ actorId: root.id, actorRole: 'admin' as const });
const listed = () => stack.bus.rpc.call(accounts.adminDeadLetters, { consumer }, asRoot());
const opened = (letterId: string) => stack.bus.rpc.call(accounts.adminDeadLetter, { letterId }, asRoot());
const sendAgain = (letterId: string) => stack.bus.rpc.call(accounts.adminRedeliver, { letterId, reason: 'mended' }, asRoot());
const discard = (letterId: string) => stack.bus.rpc.call(accounts.adminDiscardDeadLetter, { letterId, reason: 'of no use' }, asRoot());
const auditOf = async (targetId: string): Promise<AuditEntry[]> =>
  (await stack.bus.rpc.call(accounts.adminAudit, { targetId }, asRoot())).items;
const codeOf = (call: Promise<unknown>) =>
  call.then(
    () => 'done',
    (error: AppError) => error.code,
  );

/** As the bus sets it aside. */
async function setAside(letter: Partial<SetAside> | string = {}, id = uuidv7()): Promise<void> {
  const whole = { id, subject: 'events.rooms.x', payload: '{"body":"Hello"}', error: 'no column', process: 'rooms', tries: 8 };
  const text = typeof letter === 'string' ? letter : JSON.stringify({ ...whole, ...letter });
  await stack.bus.streams.client.publish(deadLetterSubject(consumer), text, { msgID: `${consumer}:${id}` });
}
async function aLetter(letter?: Partial<SetAside> | string): Promise<DeadLetter> {
  await setAside(letter);
  return waitFor(async () => (await listed()).items[0]);
}

describe('what consumers of events gave up', () => {
  it('is listed newest first, page by page, and shown without the words of people', async () => {
    const [first, second] = [uuidv7(), uuidv7()];
    await setAside({ id: first });
    await setAside({ id: second });
    await waitFor(async () => (await listed()).items.length === 2);
    const page = await stack.bus.rpc.call(accounts.adminDeadLetters, { consumer, limit: 1 }, asRoot());
    const next = await stack.bus.rpc.call(accounts.adminDeadLetters, { consumer, limit: 1, cursor: page.nextCursor! }, asRoot());
    expect([...page.items, ...next.items].map(({ eventId }) => eventId)).toEqual([second, first]);
    expect(next.nextCursor).toBeNull();
    expect(page.items[0]).toMatchObject({ consumer, process: 'rooms', subject: 'events.rooms.x', error: 'no column', tries: 8 });
    expect(page.total).toBeGreaterThanOrEqual(2);
    expect((await opened(page.items[0]!.id)).payload).toEqual({ body: '(5 characters)' });
  });

  it('is taken in once, however often it is told', async () => {
    const { eventId } = await aLetter();
    await setAside({ id: eventId, error: 'told again' }, uuidv7());
    await setAside({ id: 'the last' });
    await waitFor(async () => (await listed()).items.some((letter) => letter.eventId === 'the last'));
    expect((await listed()).items.map((letter) => letter.eventId)).toEqual(['the last', eventId]);
  });

  it('is listed also where it cannot be read, and of releases that did not say whose it was', async () => {
    expect((await aLetter('{')).error).toMatch(/cannot be read as a dead letter/);
    consumer = `files-worker-${uuidv7().slice(-8)}`;
    expect(await aLetter({ process: undefined, tries: undefined, error: 'null \0 character' })).toMatchObject({
      process: 'files-worker',
      tries: 0,
    });
  });

  it('is a figure of the process, by consumer', async () => {
    await aLetter();
    expect(await metrics.getSingleMetricAsString('atrium_dead_letters')).toContain(`{consumer="${consumer}"} 1`);
  });

  it('goes to its consumer again with its id, and is gone once it was handled', async () => {
    const letter = await aLetter();
    const sent: unknown[] = [];
    stack.bus.answer(redeliveryTo(consumer, 'rooms'), (input, call) => {
      sent.push({ ...input, by: call.actorId });
      return { error: null };
    });
    await stack.bus.bus.connection.flush();
    expect(await codeOf(sendAgain(letter.id))).toBe('done');
    expect(sent).toEqual([{ id: letter.eventId, subject: 'events.rooms.x', payload: '{"body":"Hello"}', by: root.id }]);
    expect((await listed()).items).toEqual([]);
    expect(await codeOf(sendAgain(letter.id))).toBe('dead_letter_not_found');
    expect(await auditOf(letter.id)).toMatchObject([
      {
        action: 'letter.redelivered',
        actorId: root.id,
        reason: 'mended',
        details: { consumer, eventId: letter.eventId, outcome: 'handled' },
      },
    ]);
  });

  it('stays with the new error when it fails again', async () => {
    const letter = await aLetter();
    stack.bus.answer(redeliveryTo(consumer, 'rooms'), () => ({ error: 'still no column' }));
    await stack.bus.bus.connection.flush();
    await expect(sendAgain(letter.id)).rejects.toMatchObject({ code: 'redelivery_failed', detail: 'still no column' });
    expect((await listed()).items).toMatchObject([{ id: letter.id, error: 'still no column', tries: 9 }]);
    expect(await auditOf(letter.id)).toMatchObject([{ action: 'letter.redelivered', details: { outcome: 'failed' } }]);
  });

  it('stays as it is while its process is away', async () => {
    const letter = await aLetter();
    expect(await codeOf(sendAgain(letter.id))).toBe('service_unavailable');
    expect((await listed()).items).toEqual([letter]);
    expect(await auditOf(letter.id)).toMatchObject([{ details: { outcome: 'service_unavailable' } }]);
  });

  it('is discarded once, with a line in the log, and not taken in anew', async () => {
    const letter = await aLetter();
    expect(await Promise.all([codeOf(discard(letter.id)), codeOf(discard(letter.id))]).then((codes) => codes.sort())).toEqual([
      'dead_letter_not_found',
      'done',
    ]);
    await setAside({ id: letter.eventId }, uuidv7());
    await setAside({ id: 'the last' });
    await waitFor(async () => (await listed()).items.length > 0);
    expect((await listed()).items.map(({ eventId }) => eventId)).toEqual(['the last']);
    expect(await auditOf(letter.id)).toMatchObject([{ action: 'letter.discarded', reason: 'of no use', details: { consumer } }]);
    const [row] = await stack.database.query<{ payload: string }>('select payload from accounts.dead_letters where id = $1', [letter.id]);
    expect(row?.payload).toBe('');
  });

  it.each([
    ['adminDeadLetters', {}],
    ['adminDeadLetter', { letterId: uuidv7() }],
    ['adminRedeliver', { letterId: uuidv7(), reason: 'x' }],
    ['adminDiscardDeadLetter', { letterId: uuidv7(), reason: 'x' }],
  ] as const)('is not there for who is no admin: %s', async (name, input) => {
    expect(await stack.bus.refusal(accounts[name], input, root.id)).toBe('not_found');
    expect(await stack.bus.refusal(accounts[name], input)).toBe('unauthenticated');
  });

  it('is refused without a reason, by a cursor of another list, and where nothing is', async () => {
    const { id: letterId } = await aLetter();
    expect(await codeOf(stack.bus.rpc.call(accounts.adminRedeliver, { letterId, reason: ' ' }, asRoot()))).toBe('validation_failed');
    expect(await codeOf(stack.bus.rpc.call(accounts.adminDeadLetters, { cursor: 'x' }, asRoot()))).toBe('validation_failed');
    expect(await codeOf(opened(uuidv7()))).toBe('dead_letter_not_found');
  });
});
