import { decodeTimeline, messages, timelineSubject } from '@atrium/contracts';
import { uuidv7 } from '@atrium/database';
import { waitFor } from '@atrium/testing';
import { MessagesStack } from '../../test/messages-stack.ts';

describe('sending', () => {
  const stack = new MessagesStack();

  it('gives the entries of a room 1, 2, 3… without a hole while many send through two instances at once', async () => {
    const sent = await Promise.all(Array.from({ length: 200 }, (_, i) => stack.send(i % 2 ? stack.ann : stack.ben, `message ${i}`)));
    expect(new Set(sent.map((receipt) => receipt.seq)).size).toBe(200);
    const seqs = (await stack.allEntries(stack.ann)).map((entry) => entry.seq);
    expect(seqs).toEqual(Array.from({ length: 202 }, (_, i) => i + 1));
  });

  it('publishes every entry once on the subject of its room, encoded', async () => {
    const heard = await stack.bus.hearSubject(timelineSubject(stack.room.id), decodeTimeline);
    const { seq } = await stack.send(stack.ann, 'hello');
    await waitFor(() => heard.length > 0, { what: 'the timeline message' });
    expect(heard[0]!.header).toEqual({ roomId: stack.room.id, fromSeq: seq, toSeq: seq, plain: true });
    expect(JSON.parse(heard[0]!.entries)).toMatchObject({
      seq,
      type: 'message.created',
      actorId: stack.ann.id,
      message: { body: 'hello' },
    });
    await waitFor(async () => (await stack.database.query('select 1 from messages.outbox')).length === 0, { what: 'an empty outbox' });
  });

  it('answers the same clientId with the same message, however often and at once', async () => {
    const clientId = uuidv7();
    const sent = await Promise.all(Array.from({ length: 20 }, () => stack.send(stack.ann, 'once', { clientId })));
    expect(new Set(sent.map((receipt) => receipt.messageId)).size).toBe(1);
    expect(sent.filter((receipt) => !receipt.deduplicated)).toHaveLength(1);
    expect(await stack.refusalOfSend(stack.ann, 'something else', { clientId })).toBe('idempotency_conflict');
    expect(await stack.send(stack.ben, 'another author', { clientId })).not.toHaveProperty('deduplicated');
  });

  it('tells who may not send any more what became of what they sent when they might', async () => {
    const before = { clientId: uuidv7() };
    const { messageId } = await stack.send(stack.ben, 'before', before);
    await stack.settle(stack.rooms.mute(stack.room, stack.ben, new Date(Date.now() + 60_000).toISOString()));
    expect(await stack.send(stack.ben, 'before', before)).toMatchObject({ messageId, deduplicated: true });
    expect(await stack.refusalOfSend(stack.ben, 'since', { clientId: uuidv7() })).toBe('muted');
  });

  it('stores what is sent for the first time beside what is sent again, in the order it came', async () => {
    const again = { clientId: uuidv7() };
    const { messageId } = await stack.send(stack.ann, 'again', again);
    const sent = await Promise.all([
      stack.send(stack.ben, 'one', { clientId: uuidv7() }),
      stack.send(stack.ann, 'again', again),
      stack.send(stack.ben, 'two', { clientId: uuidv7() }),
    ]);
    expect(sent).toMatchObject([{ seq: 4 }, { messageId, seq: 3, deduplicated: true }, { seq: 5 }]);
  });

  it('refuses what may not be posted, each with its code', async () => {
    expect(await stack.refusalOfSend(stack.eve, 'let me in')).toBe('not_a_member');
    expect(await stack.bus.refusal(messages.send, { roomId: uuidv7(), body: 'x' }, stack.ann.id)).toBe('room_not_found');
    expect(await stack.refusalOfSend(stack.ann, '   ')).toBe('validation_failed');
    expect(await stack.refusalOfSend(stack.ann, 'x'.repeat(10_001))).toBe('message_too_long');
    expect(await stack.refusalOfSend(stack.ann, 'x', { parentId: uuidv7() })).toBe('message_not_found');
    expect(await stack.refusalOfSend(stack.ann, 'x', { fileIds: [uuidv7()] })).toBe('file_not_found');
    expect((await stack.send(stack.ann, '🙂'.repeat(10_000))).seq).toBe(3);
  });

  it('refuses a body many times too long before it looks for names in it', async () => {
    expect(await stack.refusalOfSend(stack.ann, `@${stack.ben.username} ${'`'.repeat(400_000)}`)).toBe('message_too_long');
  });

  it('refuses a clientId that cannot be stored, and stores what was sent beside it', async () => {
    const outcomes = await Promise.allSettled([
      stack.send(stack.ann, 'one'),
      stack.send(stack.ben, 'x', { clientId: 'a\u0000b' }),
      stack.send(stack.ben, 'y', { clientId: 'half \ud83d' }),
      stack.send(stack.ann, 'two'),
    ]);
    expect(outcomes).toMatchObject([
      { status: 'fulfilled' },
      { reason: { code: 'validation_failed' } },
      { reason: { code: 'validation_failed' } },
      { status: 'fulfilled' },
    ]);
  });

  it('tells of a burst of long messages in parts that NATS can carry', async () => {
    const heard = await stack.bus.hearSubject(timelineSubject(stack.room.id), decodeTimeline);
    const sent = await Promise.all(Array.from({ length: 60 }, () => stack.send(stack.ann, '漢'.repeat(10_000))));
    const told = () =>
      heard.flatMap(({ header: { fromSeq, toSeq } }) => Array.from({ length: toSeq - fromSeq + 1 }, (_, i) => fromSeq + i));
    await waitFor(() => told().length === 60, { what: 'all of them' });
    // Two instances may overtake each other on the stack.bus.
    expect(told().sort((a, b) => a - b)).toEqual(sent.map(({ seq }) => seq).sort((a, b) => a - b));
    const replayed = await stack.bus.call(messages.replay, { roomId: stack.room.id, after: 0 });
    expect(replayed.entries).toHaveLength(62);
    expect((await stack.bus.call(messages.page, { roomId: stack.room.id, limit: 100 }, stack.ben.id)).items).toHaveLength(60);
  });

  it('lets in whoever joined a moment ago, and shuts out whoever was removed', async () => {
    stack.rooms.facts.keep('memberJoined', stack.rooms.joined(stack.room, stack.eve));
    expect((await stack.send(stack.eve, 'just arrived')).seq).toBe(3);
    await stack.settle(stack.rooms.remove(stack.room, stack.eve, 'kicked'));
    expect(await stack.refusalOfSend(stack.eve, 'still here?')).toBe('not_a_member');
    expect(await stack.bus.refusal(messages.page, { roomId: stack.room.id }, stack.eve.id)).toBe('not_a_member');
    expect((await stack.allEntries(stack.ann)).at(-1)).toMatchObject({ type: 'member.kicked', userId: stack.eve.id });
  });

  it('keeps to who may post and to slow mode', async () => {
    await stack.settle(stack.rooms.update(stack.room, { whoCanPost: 'moderators' }));
    expect(await stack.refusalOfSend(stack.ben, 'psst')).toBe('posting_restricted');
    await stack.settle(stack.rooms.update(stack.room, { whoCanPost: 'everyone', slowModeSeconds: 60 }));
    await stack.send(stack.ben, 'first');
    const refused = await stack.send(stack.ben, 'second').catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: 'slow_mode', data: { retryAfterSeconds: expect.any(Number) } });
    await stack.send(stack.ann, 'hosts are exempt');
    await stack.send(stack.ann, 'twice');
  });

  it('goes on after PostgreSQL cut its connections, and a repeat finds what was stored', async () => {
    await stack.send(stack.ann, 'before');
    await stack.database.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where application_name like 'atrium-messages%' and datname = current_database()`,
    );
    const clientId = uuidv7();
    const receipt = await waitFor(() => stack.send(stack.ann, 'after', { clientId }), { what: 'a send after the cut' });
    expect(await stack.send(stack.ann, 'after', { clientId })).toMatchObject({ messageId: receipt.messageId, deduplicated: true });
  });
});
