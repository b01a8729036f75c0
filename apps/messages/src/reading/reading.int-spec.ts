import { messages, timelineSubject, type OutputOf } from '@atrium/contracts';
import { waitFor } from '@atrium/testing';
import { aFile, type Person } from '../../test/builders.ts';
import { MessagesStack } from '../../test/messages-stack.ts';

describe('reading', () => {
  const stack = new MessagesStack();

  it('pages before, after and around a place, oldest first', async () => {
    for (let i = 1; i <= 30; i++) await stack.send(stack.ann, `m${i}`);
    const page = (anchor: object) => stack.bus.call(messages.page, { roomId: stack.room.id, limit: 10, ...anchor }, stack.ben.id);
    const bodies = (result: OutputOf<typeof messages.page>) => result.items.map((message) => message.body);
    const newest = await page({});
    expect(bodies(newest)).toEqual(Array.from({ length: 10 }, (_, i) => `m${i + 21}`));
    expect(newest).toMatchObject({ hasBefore: true, hasAfter: false });
    expect(bodies(await page({ before: newest.items[0]!.seq }))).toEqual(Array.from({ length: 10 }, (_, i) => `m${i + 11}`));
    const oldest = await page({ after: 0 });
    expect(bodies(oldest)[0]).toBe('m1');
    expect(oldest).toMatchObject({ hasBefore: false, hasAfter: true });
    const around = await page({ around: newest.items[0]!.seq });
    expect(bodies(around)).toEqual(Array.from({ length: 10 }, (_, i) => `m${i + 17}`));
    expect(await stack.bus.refusal(messages.page, { roomId: stack.room.id, before: 5, after: 3 }, stack.ben.id)).toBe('validation_failed');
    expect(await stack.bus.refusal(messages.page, { roomId: stack.room.id, limit: 101 }, stack.ben.id)).toBe('validation_failed');
    const beyond = 99_999_999_999;
    expect(bodies(await page({ before: beyond }))).toEqual(bodies(newest));
    expect(await page({ after: beyond })).toEqual({ items: [], hasBefore: true, hasAfter: false });
    expect((await page({ around: beyond })).hasAfter).toBe(false);
    expect((await stack.bus.call(messages.events, { roomId: stack.room.id, after: beyond }, stack.ben.id)).items).toEqual([]);
  });

  it('hides what was said before the joining where the room says so, on every path', async () => {
    await stack.settle(stack.rooms.update(stack.room, { historyVisibility: 'since_join' }));
    await stack.send(stack.ann, 'before Eve');
    await stack.settle(stack.rooms.join(stack.room, stack.eve));
    await stack.send(stack.ann, 'after Eve');
    const page = await stack.bus.call(messages.page, { roomId: stack.room.id }, stack.eve.id);
    const replayed = await stack.bus.rpc.call(messages.replay, { roomId: stack.room.id, after: 0 }, { actorId: stack.eve.id });
    const everything = JSON.stringify([page, await stack.allEntries(stack.eve), replayed]);
    expect(everything).toContain('after Eve');
    expect(everything).not.toContain('before Eve');
  });

  it('tells of a pin or a file from before the joining without showing it', async () => {
    await stack.settle(stack.rooms.update(stack.room, { historyVisibility: 'since_join' }));
    const old = await stack.send(stack.ann, 'before Eve');
    const file = { ...aFile(stack.room.id, stack.ann.id), name: 'before Eve.txt' };
    const fact = { fileId: file.id, version: 1, roomId: stack.room.id, at: file.createdAt, actorId: stack.ann.id, file };
    await stack.settle(stack.files.tell('added', fact));
    await stack.settle(stack.rooms.join(stack.room, stack.eve));
    const heard = await stack.bus.hearSubject(timelineSubject(stack.room.id), (text) => text);
    await stack.bus.call(messages.pin, { roomId: stack.room.id, messageId: old.messageId, pinned: true }, stack.ann.id);
    await stack.settle(stack.files.tell('statusChanged', { ...fact, version: 2, file: { ...file, status: 'ready' } }));
    const toEve = await stack.bus.call(messages.events, { roomId: stack.room.id }, stack.eve.id);
    const toAll = await stack.bus.call(messages.replay, { roomId: stack.room.id, after: 5 });
    await waitFor(() => heard.length === 2, { what: 'both entries' });
    expect(toEve.items.map(({ type }) => type)).toEqual(['member.joined', 'message.pinned', 'file.status']);
    expect(JSON.stringify([toEve, toAll, heard])).not.toContain('before Eve');
    expect(JSON.stringify(await stack.allEntries(stack.ann)).match(/before Eve/g)).toHaveLength(4);
    expect(await stack.refusalOfSend(stack.eve, 'look', { fileIds: [file.id] })).toBe('file_not_found');
    expect(await stack.refusalOfSend(stack.eve, 'reply', { parentId: old.messageId })).toBe('message_not_found');
    await stack.send(stack.ben, 'reply', { parentId: old.messageId, fileIds: [file.id] });
  });

  it('counts as unread what others said after the marker; own messages move it', async () => {
    const reading = async (person: Person) =>
      (await stack.bus.call(messages.activity, { roomIds: [stack.room.id] }, person.id)).items[0]!.me!;
    expect(await reading(stack.ben)).toMatchObject({ unread: 0, mentions: 0 });
    await stack.send(stack.ann, 'one');
    const second = await stack.send(stack.ann, `two, @${stack.ben.username}`);
    await stack.send(stack.ann, 'three');
    expect(await reading(stack.ben)).toMatchObject({ unread: 3, mentions: 1 });
    expect(await reading(stack.ann)).toMatchObject({ unread: 0 });
    const mark = (input: object) => stack.bus.call(messages.markRead, { roomId: stack.room.id, ...input }, stack.ben.id);
    expect(await mark({ seq: second.seq })).toMatchObject({ readSeq: second.seq, unread: 1, mentions: 0 });
    expect(await mark({ seq: 1 })).toMatchObject({ readSeq: second.seq });
    await stack.send(stack.ben, 'caught up');
    expect(await reading(stack.ben)).toMatchObject({ unread: 0 });
    expect(await mark({ seq: second.seq - 1, unread: true })).toMatchObject({ readSeq: second.seq - 1, unread: 2 });
    expect(await stack.bus.refusal(messages.markRead, { roomId: stack.room.id, seq: 9999 }, stack.ben.id)).toBe('validation_failed');
  });
});
