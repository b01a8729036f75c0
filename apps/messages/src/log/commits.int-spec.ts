import { COMMITS_SUBJECT, decodeCommit, decodeTimeline, messages, timelineSubject } from '@atrium/contracts';
import { uuidv7 } from '@atrium/database';
import { waitFor } from '@atrium/testing';
import type { INestMicroservice } from '@nestjs/common';
import { MessagesStack } from '../../test/messages-stack.ts';
import { PinsService } from '../pins/pins.service.ts';
import { SendWriter } from '../sends/send-writer.service.ts';

describe('a commit of an instance that lost NATS before it published it', () => {
  const stack = new MessagesStack();
  let lonely: INestMicroservice;
  let cut: () => void;

  beforeAll(async () => {
    ({ service: lonely, cut } = await stack.startOnWire());
  }, 30_000);

  const outbox = () =>
    stack.database.query<{ payload: string }>('select payload from messages.outbox where subject = $1', [COMMITS_SUBJECT]);
  const send = (body: string) =>
    lonely.get(SendWriter).send({
      id: uuidv7(),
      roomId: stack.room.id,
      authorId: stack.ann.id,
      body,
      named: [],
      fileIds: [],
      asBot: false,
      deadlineAt: Date.now() + 5000,
    });

  it('is published by the others, as the log has it, and was not stored a second time', async () => {
    const heard = await stack.bus.hearSubject(COMMITS_SUBJECT, (text) => text);
    cut();
    const [{ message }] = await Promise.all([send('first'), send('second')]);
    await lonely.get(PinsService).pin(stack.ann.id, { roomId: stack.room.id, messageId: message.id, pinned: true });
    const stored = await outbox();
    expect(stored.length).toBeGreaterThan(1);
    expect(JSON.stringify(stored)).not.toContain('first');
    // Two instances may sweep at once; durable readers get one of both, this subscription may hear both.
    const entries = () =>
      [
        ...new Map(
          heard
            .flatMap((text) => decodeCommit(text))
            .filter(({ header }) => header.roomId === stack.room.id)
            .flatMap((room) => JSON.parse(`[${room.entries}]`) as { seq: number }[])
            .map((entry) => [entry.seq, entry]),
        ).values(),
      ].toSorted((a, b) => a.seq - b.seq);
    await waitFor(() => entries().length === 3, { what: 'the commits', withinMs: 10_000 });
    const { items } = await stack.bus.call(messages.events, { roomId: stack.room.id, after: message.seq - 1 }, stack.ann.id);
    expect(items).toHaveLength(3);
    expect(entries()).toEqual(items);
    await waitFor(async () => (await outbox()).length === 0, { what: 'an empty outbox' });
  }, 20_000);
});

describe('what a commit adds to a room', () => {
  const stack = new MessagesStack();

  it('is marked as plain unless something in it may be a command or is no message', async () => {
    const heard = await stack.bus.hearSubject(timelineSubject(stack.room.id), (text) => decodeTimeline(text).header);
    const { messageId } = await stack.send(stack.ann, 'either/or');
    await stack.send(stack.ann, ' /help');
    await stack.bus.call(messages.pin, { roomId: stack.room.id, messageId }, stack.ann.id);
    await waitFor(() => heard.length === 3, { what: 'three commits' });
    expect(heard.map(({ plain }) => plain)).toEqual([true, undefined, undefined]);
  });
});
