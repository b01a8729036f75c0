import { messages } from '@atrium/contracts';
import { uuidv7 } from '@atrium/database';
import { waitFor } from '@atrium/testing';
import { aFile } from '../../test/builders.ts';
import { MessagesStack } from '../../test/messages-stack.ts';

describe('the messages of a room that is purged', () => {
  const stack = new MessagesStack();
  const tables = () =>
    stack.database.query<{ name: string }>(
      `select c.table_name as name from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
       where c.table_schema = 'messages' and c.column_name = 'room_id' and t.table_type = 'BASE TABLE' and c.table_name not in ('audit', 'purges')`,
    );
  const left = async () => {
    const counts: Record<string, number> = {};
    for (const { name } of await tables()) {
      const [row] = await stack.database.query<{ count: number }>(
        `select count(*)::int as count from messages.${name} where room_id = $1`,
        [stack.room.id],
      );
      if (row!.count > 0) counts[name] = row!.count;
    }
    return counts;
  };
  const purge = async () => {
    await stack.settle(stack.rooms.remove(stack.room, stack.ben, 'kicked'));
    await stack.settle(stack.rooms.remove(stack.room, stack.ann, 'kicked'));
    await stack.settle(stack.rooms.purge(stack.room));
  };
  const isPurged = async () => {
    const done = 'select 1 from messages.purges where room_id = $1 and done_at is not null';
    return (await stack.database.query(done, [stack.room.id])).length > 0;
  };
  const purged = () => waitFor(isPurged, { withinMs: 30_000, what: 'the purge to end' });

  it('are gone with all that hangs on them, and those of other rooms are not', async () => {
    const other = stack.room;
    const kept = await stack.send(stack.ann, 'kept elsewhere');
    await stack.openRoom();
    const root = await stack.send(stack.ann, 'a root');
    await stack.send(stack.ben, `@${stack.ann.username} a reply`, { parentId: root.messageId });
    const deleted = await stack.send(stack.ben, 'deleted');
    await stack.bus.call(messages.remove, { roomId: stack.room.id, messageId: deleted.messageId }, stack.ben.id);
    await stack.bus.call(messages.edit, { roomId: stack.room.id, messageId: root.messageId, body: 'edited' }, stack.ann.id);
    await stack.bus.call(messages.react, { roomId: stack.room.id, messageId: root.messageId, emoji: '👍' }, stack.ben.id);
    await stack.database.query(
      `insert into messages.preview_images (id, message_id, webp) values ('${uuidv7()}', '${root.messageId}', 'of its link')`,
    );
    await purge();
    await purged();
    expect(await left()).toEqual({});
    for (const table of ['message_versions', 'reactions', 'preview_images'])
      expect(await stack.database.query(`select 1 from messages.${table} where message_id = $1`, [root.messageId])).toEqual([]);
    expect(await stack.database.query('select room_id from messages.messages where id = $1', [kept.messageId])).toEqual([
      { room_id: other.id },
    ]);
    expect(await stack.database.query('select last_seq from messages.rooms where id = $1', [stack.room.id])).toEqual([{ last_seq: 0 }]);
  });

  it('are not said to be gone while somebody holds a row of them', async () => {
    await stack.send(stack.ann, 'to be found');
    const progress = () => stack.database.query('select 1 from messages.search_progress where room_id = $1 for update', [stack.room.id]);
    await waitFor(async () => (await progress()).length > 0, { what: 'the index to read it' });
    await stack.database.query('begin');
    await progress();
    await purge();
    await waitFor(async () => (await left()).messages === undefined, { what: 'the messages to be gone' });
    expect(await isPurged()).toBe(false);
    await stack.database.query('commit');
    await purged();
    expect(await left()).toEqual({});
  });

  it('are not followed by what is told of the room afterwards', async () => {
    const file = aFile(stack.room.id, stack.ann.id);
    await stack.settle(
      stack.files.tell('added', { fileId: file.id, version: 1, roomId: stack.room.id, at: file.createdAt, actorId: stack.ann.id, file }),
    );
    await purge();
    await purged();
    const gone = { fileId: file.id, version: 2, roomId: stack.room.id, at: new Date().toISOString(), actorId: null };
    await stack.settle(stack.files.tell('deleted', gone));
    expect(await stack.database.query('select seq from messages.entries where room_id = $1', [stack.room.id])).toEqual([]);
    expect(
      await stack.database.query(`select name, deleted_at is not null as deleted from messages.files where id = $1`, [file.id]),
    ).toEqual([{ name: '', deleted: true }]);
  });
});
