import { messages } from '@atrium/contracts';
import type { Person } from '../../test/builders.ts';
import { MessagesStack } from '../../test/messages-stack.ts';

const day = (date: number): string => `2026-11-${String(date).padStart(2, '0')}T12:00:00.000Z`;

describe('the page since a moment', () => {
  const stack = new MessagesStack();

  const since = async (at: string, person: Person = stack.ann) =>
    (await stack.bus.call(messages.page, { roomId: stack.room.id, since: at, limit: 2 }, person.id)).items.map(({ body }) => body);

  /** Days 1 to 9, with what is no message between them. */
  const writeDays = async (): Promise<void> => {
    for (let date = 1; date <= 9; date += 1) {
      const { messageId } = await stack.send(stack.ann, `day ${date}`, { clientId: `day ${date}` });
      await stack.database.query('update messages.messages set created_at = $1 where id = $2', [day(date), messageId]);
      if (date % 3 === 0) await stack.settle(stack.rooms.update(stack.room, { topic: `topic ${date}` }));
    }
  };

  it('is around the first message since then', async () => {
    await writeDays();
    for (let date = 1; date < 9; date += 1) expect(await since(day(date))).toEqual([`day ${date}`, `day ${date + 1}`]);
    expect(await since('2026-11-04T12:00:00.001Z')).toEqual(['day 5', 'day 6']);
    expect(await since('2020-01-01T00:00:00.000Z')).toEqual(['day 1', 'day 2']);
    expect(await since('2027-01-01T00:00:00.000Z')).toContain('day 9');
  });

  it('shows nobody more than they may see', async () => {
    await stack.send(stack.ann, 'before');
    await stack.settle(stack.rooms.update(stack.room, { historyVisibility: 'since_join' }));
    await stack.settle(stack.rooms.join(stack.room, stack.eve));
    await stack.send(stack.ann, 'after');
    expect(await since('2020-01-01T00:00:00.000Z', stack.eve)).toEqual(['after']);
    await stack.settle(stack.rooms.remove(stack.room, stack.eve));
    const page = { roomId: stack.room.id, since: day(1) };
    expect(await stack.bus.refusal(messages.page, page, stack.eve.id)).toBe('not_a_member');
    expect(await stack.bus.refusal(messages.page, { ...page, before: 3 }, stack.ann.id)).toBe('validation_failed');
  });
});
