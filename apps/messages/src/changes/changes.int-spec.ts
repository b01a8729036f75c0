import { decodeTimeline, messages, timelineSubject, type Message, type TimelineEntry } from '@atrium/contracts';
import { uuidv7 } from '@atrium/database';
import { waitFor } from '@atrium/testing';
import { aFile, type Person } from '../../test/builders.ts';
import { MessagesStack } from '../../test/messages-stack.ts';

describe('changing a message', () => {
  const stack = new MessagesStack();

  const query = <T extends object>(sql: string, parameters: unknown[]) => stack.database.query<T>(sql, parameters);
  const edit = (person: Person, messageId: string, body: string, more: object = {}) =>
    stack.bus.call(messages.edit, { roomId: stack.room.id, messageId, body, ...more }, person.id);
  const refusalOfEdit = (person: Person, messageId: string, body: string, more: object = {}) =>
    stack.bus.refusal(messages.edit, { roomId: stack.room.id, messageId, body, ...more }, person.id);
  const remove = (person: Person, messageId: string, reason?: string) =>
    stack.bus.call(messages.remove, { roomId: stack.room.id, messageId, reason }, person.id);
  const refusalOfRemove = (person: Person, messageId: string, reason?: string) =>
    stack.bus.refusal(messages.remove, { roomId: stack.room.id, messageId, reason }, person.id);
  const versions = (person: Person, messageId: string) =>
    stack.bus.call(messages.versions, { roomId: stack.room.id, messageId }, person.id);
  const page = async (person: Person): Promise<Message[]> =>
    (await stack.bus.call(messages.page, { roomId: stack.room.id }, person.id)).items;
  const reading = async (person: Person) =>
    (await stack.bus.call(messages.activity, { roomIds: [stack.room.id] }, person.id)).items[0]!.me!;
  const grow = (messageId: string, seconds: number) =>
    query(`update messages.messages set created_at = created_at - make_interval(secs => $2) where id = $1`, [messageId, seconds]);

  it('lets its author say something else, and shows everyone in the room what was said before', async () => {
    const { messageId, seq } = await stack.send(stack.ben, 'one');
    expect(await edit(stack.ben, messageId, ' two ')).toMatchObject({ body: 'two', version: 2, seq, editedAt: expect.any(String) });
    await edit(stack.ben, messageId, 'three');
    expect(await page(stack.ann)).toMatchObject([{ id: messageId, seq, body: 'three', version: 3 }]);
    expect((await versions(stack.ann, messageId)).items).toMatchObject([
      { version: 1, body: 'one' },
      { version: 2, body: 'two' },
    ]);
    expect(await stack.bus.refusal(messages.versions, { roomId: stack.room.id, messageId }, stack.eve.id)).toBe('not_a_member');
  });

  it('is refused to everybody else, to who is not in the room, and for what is not there', async () => {
    const { messageId } = await stack.send(stack.ben, 'mine');
    expect(await refusalOfEdit(stack.ann, messageId, 'yours')).toBe('forbidden');
    expect(await refusalOfEdit(stack.eve, messageId, 'yours')).toBe('not_a_member');
    expect(await refusalOfEdit(stack.ben, uuidv7(), 'nothing')).toBe('message_not_found');
    expect(await refusalOfEdit(stack.ben, messageId, '\u200b')).toBe('validation_failed');
    expect(await refusalOfEdit(stack.ben, messageId, 'x'.repeat(10_001))).toBe('message_too_long');
    expect(await page(stack.ben)).toMatchObject([{ body: 'mine', version: 1 }]);
  });

  it('is refused to whoever saw another version', async () => {
    const { messageId } = await stack.send(stack.ben, 'one');
    await edit(stack.ben, messageId, 'two', { ifVersion: 1 });
    expect(await refusalOfEdit(stack.ben, messageId, 'three', { ifVersion: 1 })).toBe('stale_version');
    expect(await edit(stack.ben, messageId, 'three', { ifVersion: 2 })).toMatchObject({ version: 3 });
  });

  it.each([
    [0, 0, 'edit_window_closed'],
    [60, 30, ''],
    [60, 61, 'edit_window_closed'],
    [86_400, 86_399, ''],
    [86_400, 86_401, 'edit_window_closed'],
    [-1, 10_000_000, ''],
  ])('follows the window of the room: of %d s, after %d s: %s', async (editWindowSeconds, age, refusal) => {
    await stack.settle(stack.rooms.update(stack.room, { editWindowSeconds }));
    const { messageId } = await stack.send(stack.ben, 'one');
    await grow(messageId, age);
    if (refusal) expect(await refusalOfEdit(stack.ben, messageId, 'two')).toBe(refusal);
    else expect(await edit(stack.ben, messageId, 'two')).toMatchObject({ body: 'two' });
  });

  it('asks for the window of a room from before it was kept', async () => {
    const { messageId } = await stack.send(stack.ben, 'one');
    stack.room.editWindowSeconds = 0;
    await query('update messages.rooms set edit_window_seconds = null where id = $1', [stack.room.id]);
    expect(await refusalOfEdit(stack.ben, messageId, 'two')).toBe('edit_window_closed');
  });

  it('is refused to who is muted, who may still take back what they said', async () => {
    const { messageId } = await stack.send(stack.ben, 'one');
    const mutedUntil = new Date(Date.now() + 60_000).toISOString();
    stack.rooms.members.get(`${stack.room.id}:${stack.ben.id}`)!.mutedUntil = mutedUntil;
    await query('update messages.access set muted_until = $3 where room_id = $1 and user_id = $2', [
      stack.room.id,
      stack.ben.id,
      mutedUntil,
    ]);
    expect(await refusalOfEdit(stack.ben, messageId, 'two')).toBe('muted');
    await remove(stack.ben, messageId);
  });

  it('tells of an edit once, with the message; of one that changes nothing not at all', async () => {
    const { messageId, seq } = await stack.send(stack.ben, 'one');
    const heard = await stack.bus.hearSubject(timelineSubject(stack.room.id), (text) => text);
    const edited = await edit(stack.ben, messageId, 'two');
    await edit(stack.ben, messageId, 'two');
    const [entry] = (await stack.allEntries(stack.ann)).filter(({ seq: at }) => at > seq);
    expect(entry).toMatchObject({ type: 'message.edited', actorId: stack.ben.id, messageId, at: edited.editedAt });
    expect(entry).toHaveProperty('message.body', 'two');
    await stack.send(stack.ann, 'later');
    await waitFor(() => heard.length === 2, { what: 'the edit and what came after it' });
    expect(JSON.parse(decodeTimeline(heard[0]!).entries)).toEqual(entry);
  });

  it('calls whoever is named now, and nobody any more who is not', async () => {
    const { messageId } = await stack.send(stack.ann, 'hello @room');
    expect(await reading(stack.ben)).toMatchObject({ unread: 1, mentions: 1 });
    await edit(stack.ann, messageId, 'hello');
    expect(await reading(stack.ben)).toMatchObject({ unread: 1, mentions: 0 });
    expect(await edit(stack.ann, messageId, `hello @${stack.ben.username}`)).toMatchObject({ mentions: { userIds: [stack.ben.id] } });
    expect(await reading(stack.ben)).toMatchObject({ unread: 1, mentions: 1 });
  });

  it('takes the text from everything that is shown when it is deleted, at once', async () => {
    const { messageId } = await stack.send(stack.ben, `secret one @${stack.ann.username}`);
    await edit(stack.ben, messageId, `secret two @${stack.ann.username}`);
    await stack.bus.call(messages.pin, { roomId: stack.room.id, messageId, pinned: true }, stack.ann.id);
    await stack.bus.call(messages.save, { messageId }, stack.ann.id);
    await stack.bus.call(messages.react, { roomId: stack.room.id, messageId, emoji: '👍' }, stack.ann.id);
    expect(await reading(stack.ann)).toMatchObject({ unread: 1, mentions: 1 });
    await remove(stack.ben, messageId);
    const [tombstone] = await page(stack.ann);
    expect(tombstone).toMatchObject({ id: messageId, body: '', reactions: [], deletedAt: expect.any(String) });
    expect(tombstone).not.toHaveProperty('pinnedAt');
    expect(await reading(stack.ann)).toMatchObject({ unread: 0, mentions: 0 });
    const shown = [
      await stack.allEntries(stack.ann),
      await stack.bus.call(messages.pins, { roomId: stack.room.id }, stack.ann.id),
      await stack.bus.call(messages.saved, {}, stack.ann.id),
      await stack.bus.call(messages.activity, { roomIds: [stack.room.id] }, stack.ann.id),
      await stack.bus.call(messages.replay, { roomId: stack.room.id, after: 0 }),
    ];
    expect(JSON.stringify(shown)).not.toContain('secret');
    expect(await stack.bus.refusal(messages.versions, { roomId: stack.room.id, messageId }, stack.ann.id)).toBe('message_not_found');
    expect(await refusalOfEdit(stack.ben, messageId, 'again')).toBe('message_not_found');
  });

  it('is told once as deleted, by whom and why', async () => {
    const { messageId, seq } = await stack.send(stack.ben, 'one');
    expect(await refusalOfRemove(stack.ann, messageId)).toBe('validation_failed');
    expect(await refusalOfRemove(stack.eve, messageId, 'because')).toBe('not_a_member');
    await remove(stack.ann, messageId, 'off topic');
    await remove(stack.ann, messageId, 'again');
    const [tombstone] = await page(stack.ben);
    expect((await stack.allEntries(stack.ben)).filter(({ seq: at }) => at > seq)).toEqual([
      {
        seq: seq + 1,
        at: tombstone!.deletedAt!,
        actorId: stack.ann.id,
        type: 'message.deleted',
        messageId,
        by: stack.ann.id,
        reason: 'off topic',
        messageSeq: seq,
      } satisfies TimelineEntry,
    ]);
    const own = await stack.send(stack.ann, 'of the host');
    expect(await refusalOfRemove(stack.ben, own.messageId, 'because')).toBe('forbidden');
  });

  it('keeps the count of replies right, and the thread of a deleted root', async () => {
    const root = await stack.send(stack.ann, 'root');
    const first = await stack.send(stack.ben, 'first', { parentId: root.messageId });
    const second = await stack.send(stack.ben, 'second', { parentId: root.messageId });
    await remove(stack.ben, second.messageId);
    await remove(stack.ben, second.messageId);
    const rootNow = async () => (await page(stack.ann)).find(({ id }) => id === root.messageId);
    expect(await rootNow()).toMatchObject({ replyCount: 1, lastReplyAt: first.createdAt });
    expect((await stack.allEntries(stack.ann)).at(-1)).toMatchObject({
      thread: { rootId: root.messageId, replyCount: 1, lastReplyAt: first.createdAt },
    });
    await remove(stack.ann, root.messageId);
    expect(await rootNow()).toMatchObject({ body: '', replyCount: 1, deletedAt: expect.any(String) });
    await stack.send(stack.ann, 'on we go', { parentId: root.messageId });
    expect(await rootNow()).toMatchObject({ replyCount: 2 });
    await remove(stack.ben, first.messageId);
    const thread = await stack.bus.call(messages.thread, { roomId: stack.room.id, messageId: root.messageId }, stack.ben.id);
    expect(thread.items.map(({ body }) => body)).toEqual(['', '', '', 'on we go']);
    expect(thread.root).toMatchObject({ replyCount: 1 });
  });

  it('has no thread any more once its last reply is deleted', async () => {
    const root = await stack.send(stack.ann, 'root');
    const reply = await stack.send(stack.ben, 'reply', { parentId: root.messageId });
    await remove(stack.ben, reply.messageId);
    expect((await page(stack.ann))[0]).toMatchObject({ replyCount: 0 });
    expect((await page(stack.ann))[0]).not.toHaveProperty('lastReplyAt');
    expect((await stack.bus.call(messages.threads, { roomId: stack.room.id }, stack.ann.id)).items).toEqual([]);
    expect(await reading(stack.ann)).toMatchObject({ threadUnread: 0 });
  });

  it('is the same message for the one who sends it again, edited or deleted', async () => {
    const first = await stack.send(stack.ben, 'one', { clientId: 'c1' });
    await edit(stack.ben, first.messageId, 'two');
    expect(await stack.send(stack.ben, 'one', { clientId: 'c1' })).toMatchObject({ messageId: first.messageId, deduplicated: true });
    await remove(stack.ben, first.messageId);
    expect(await stack.send(stack.ben, 'one', { clientId: 'c1' })).toMatchObject({ messageId: first.messageId, deduplicated: true });
  });

  it('answers which files a deleted message had, and again', async () => {
    const file = aFile(stack.room.id, stack.ben.id);
    await stack.settle(
      stack.files.tell('added', { fileId: file.id, version: 1, roomId: file.roomId, at: file.createdAt, actorId: stack.ben.id, file }),
    );
    const { messageId } = await stack.send(stack.ben, '', { fileIds: [file.id] });
    expect(await edit(stack.ben, messageId, 'now with words')).toMatchObject({ files: [{ id: file.id }] });
    expect(await edit(stack.ben, messageId, '')).toMatchObject({ body: '', version: 3 });
    expect(await remove(stack.ben, messageId)).toEqual({ fileIds: [file.id] });
    expect(await remove(stack.ben, messageId)).toEqual({ fileIds: [file.id] });
    expect((await page(stack.ben))[0]).toMatchObject({ files: [] });
  });

  it('is kept as it was said for thirty days, then purged', async () => {
    const kept = () =>
      query<{ body: string; reason: string }>('select body, reason from messages.deleted_messages where room_id = $1 order by body', [
        stack.room.id,
      ]);
    const [old, young] = [await stack.send(stack.ben, 'a'), await stack.send(stack.ben, 'b')];
    await edit(stack.ben, old.messageId, 'aa');
    await remove(stack.ann, old.messageId, 'rude');
    await remove(stack.ben, young.messageId);
    expect(await kept()).toEqual([
      { body: 'aa', reason: 'rude' },
      { body: 'b', reason: null },
    ]);
    await query(`update messages.deleted_messages set deleted_at = now() - interval '31 days' where message_id = $1`, [old.messageId]);
    await query(`update messages.deleted_messages set deleted_at = now() - interval '29 days' where message_id = $1`, [young.messageId]);
    const started = await stack.startAnother();
    await waitFor(async () => (await kept()).length === 1, { what: 'the purge' });
    expect(await kept()).toEqual([{ body: 'b', reason: null }]);
    await started.close();
  });

  it('shows nobody an edit of what was said before they came, where the past is hidden', async () => {
    await stack.settle(stack.rooms.update(stack.room, { historyVisibility: 'since_join' }));
    const { messageId } = await stack.send(stack.ben, 'before');
    await stack.settle(stack.rooms.join(stack.room, stack.eve));
    const heard = await stack.bus.hearSubject(timelineSubject(stack.room.id), (text) => text);
    await edit(stack.ben, messageId, 'secret');
    await waitFor(() => heard.length === 1, { what: 'the edit' });
    expect(JSON.stringify([heard, await stack.allEntries(stack.eve), await page(stack.eve)])).not.toContain('secret');
    expect(await stack.bus.refusal(messages.versions, { roomId: stack.room.id, messageId }, stack.eve.id)).toBe('message_not_found');
    expect(JSON.stringify(await stack.allEntries(stack.ann))).toContain('secret');
  });
});
