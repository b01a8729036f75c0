import { messages, rooms } from '@atrium/contracts';
import { migrate, uuidv7 } from '@atrium/database';
import { TestBus, aDatabase, aNats, aService, cleanUp } from '@atrium/testing';
import { migrations } from '../../migrations/index.ts';
import { AppModule } from '../app.module.ts';
import { configSchema } from '../config.ts';

describe('an upgrade from a copy of memberships of messages’ own', () => {
  afterAll(cleanUp);

  it('keeps members and where they began, and learns from the log where the bot is off', async () => {
    const [database, nats] = await Promise.all([aDatabase('messages'), aNats()]);
    const before = migrations.slice(
      0,
      migrations.findIndex(({ name }) => name.startsWith('ShareMembership')),
    );
    await migrate({ service: 'messages', url: database.url, migrations: before });
    const [ann, on, off] = [uuidv7(), uuidv7(), uuidv7()];
    const entry = 'insert into messages.entries (room_id, seq, type, at, data) values ($1, $2, $3, now(), $4)';
    for (const roomId of [on, off]) {
      await database.query(
        `insert into messages.rooms (id, last_seq, version, visibility, who_can_post, slow_mode_seconds, history_visibility)
         values ($1, 3, 3, 'public', 'everyone', 0, 'since_join')`,
        [roomId],
      );
      await database.query(
        `insert into messages.access (room_id, user_id, username, role, joined_at, joined_seq, version) values ($1, $2, 'ann', 'host', now(), 2, 1)`,
        [roomId, ann],
      );
      await database.query(entry, [roomId, 1, 'member.joined', { userId: ann }]);
      await database.query(entry, [roomId, 2, 'bot.toggled', { enabled: roomId === on }]);
      await database.query(entry, [roomId, 3, 'room.updated', { changed: ['topic'], room: { topic: 'x' } }]);
    }

    const bus = await TestBus.connect(nats);
    bus.answer(rooms.getMembership, () => {
      throw new Error('nobody is to be asked for here');
    });
    await aService(AppModule, configSchema.parse({ ...nats.as('messages'), MESSAGES_DATABASE_URL: database.url }));
    const { items } = await bus.call(messages.events, { roomId: on }, ann);
    expect(items.map(({ seq }) => seq)).toEqual([2, 3]);
    const post = (roomId: string) => bus.refusal(messages.postAsBot, { roomId, body: 'hello', clientId: 'bot:1' });
    expect([await post(on), await post(off)]).toEqual(['answered without a refusal', 'forbidden']);
  }, 60_000);
});
