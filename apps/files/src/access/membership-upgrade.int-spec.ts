import { files, rooms } from '@atrium/contracts';
import { migrate, uuidv7 } from '@atrium/database';
import { aDatabase, aNats, anS3, aRedis, aService, cleanUp, TestBus } from '@atrium/testing';
import { migrations } from '../../migrations/index.ts';
import { AppModule } from '../app.module.ts';
import { filesConfig } from '../config.ts';

describe('an upgrade from a copy of memberships of files’ own', () => {
  afterAll(cleanUp, 30_000);

  it('keeps who is in and who is out, and asks rooms for nobody it knew', async () => {
    const [database, nats, redis, s3] = await Promise.all([aDatabase('files'), aNats(), aRedis(), anS3()]);
    const before = migrations.slice(
      0,
      migrations.findIndex(({ name }) => name === 'ShareMembership'),
    );
    await migrate({ service: 'files', url: database.url, migrations: before });
    const [roomId, ann, ben] = [uuidv7(), uuidv7(), uuidv7()];
    await database.query(
      `insert into files.access_rooms (room_id, version, who_can_post, history_visibility) values ($1, 7, 'moderators', 'all')`,
      [roomId],
    );
    for (const [userId, present] of [
      [ann, true],
      [ben, false],
    ]) {
      await database.query(
        `insert into files.access_members (room_id, user_id, version, present, role, joined_at) values ($1, $2, 3, $3, 'moderator', now())`,
        [roomId, userId, present],
      );
    }

    const bus = await TestBus.connect(nats);
    const asked: string[] = [];
    bus.answer(rooms.getMembership, ({ userId }) => {
      asked.push(userId);
      throw new Error('nobody is to be asked for here but those who are out');
    });
    await aService(
      AppModule,
      filesConfig.parse({ ...nats.as('files'), REDIS_URL: redis.as('files'), FILES_DATABASE_URL: database.url, ...s3 }),
    );
    expect((await bus.call(files.list, { roomId }, ann)).items).toEqual([]);
    expect((await bus.call(files.openUpload, { roomId }, ann)).fileId).toBeDefined();
    expect(await bus.refusal(files.list, { roomId }, ben)).toBe('internal');
    expect(asked).toEqual([ben]);
    const reading = `select user_id, present from files.access_members where room_id = $1 order by present`;
    expect(await database.query(reading, [roomId])).toEqual([
      { user_id: ben, present: false },
      { user_id: ann, present: true },
    ]);
  }, 60_000);
});
