import { bot, roomEvents } from '@atrium/contracts';
import { cleanUp, waitFor } from '@atrium/testing';
import { aBotService, type BotStack } from '../../test/bot-stack.ts';

describe('what the bot keeps of a room', () => {
  let stack: BotStack;

  beforeAll(async () => {
    stack = await aBotService();
  });
  afterAll(cleanUp);

  it('is gone when the room is purged, but for who did what, and that of other rooms is not', async () => {
    const [room, other] = [stack.rooms.make(), stack.rooms.make()];
    for (const one of [room, other]) {
      const ann = one.join('Ann', 'moderator');
      await stack.bus.call(bot.putKeyword, { roomId: one.id, keyword: 'tide', answer: 'At noon.' }, ann);
      await stack.bus.call(bot.createWebhook, { roomId: one.id, kind: 'incoming', name: 'Build server' }, ann);
    }
    const at = new Date().toISOString();
    await stack.bus.tell(roomEvents.roomPurged, { roomId: room.id, version: 9, at, actorId: null, purgedAt: at });
    const count = async (table: string, roomId: string) =>
      (await stack.database.query(`select 1 from bot.${table} where room_id = $1`, [roomId])).length;
    await waitFor(async () => (await count('webhooks', room.id)) === 0, { withinMs: 30_000, what: 'the purge' });
    expect([await count('keyword_answers', room.id), await count('audit', room.id)]).toEqual([0, 2]);
    expect([await count('keyword_answers', other.id), await count('webhooks', other.id)]).toEqual([1, 1]);
  });
});
