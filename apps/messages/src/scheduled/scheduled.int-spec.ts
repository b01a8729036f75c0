import { accountEvents, messageSignals, messages, type ScheduledMessage } from '@atrium/contracts';
import { uuidv7 } from '@atrium/database';
import { waitFor } from '@atrium/testing';
import type { Person } from '../../test/builders.ts';
import { MessagesStack } from '../../test/messages-stack.ts';

const FAR_MS = 3_600_000;
const ahead = (ms: number): string => new Date(Date.now() + ms).toISOString();

describe('a scheduled message', () => {
  const stack = new MessagesStack();

  const schedule = (person: Person, body: string, more: object = {}) =>
    stack.bus.call(messages.schedule, { roomId: stack.room.id, body, sendAt: ahead(FAR_MS), ...more }, person.id);
  const refusal = (person: Person, more: object = {}) =>
    stack.bus.refusal(messages.schedule, { roomId: stack.room.id, body: 'later', sendAt: ahead(FAR_MS), ...more }, person.id);
  const list = async (person: Person, more: object = {}) => (await stack.bus.call(messages.scheduled, more, person.id)).items;
  const bodies = async () => (await stack.bus.call(messages.page, { roomId: stack.room.id }, stack.ann.id)).items.map(({ body }) => body);
  const makeDue = (item: ScheduledMessage) =>
    stack.database.query(`update messages.scheduled_messages set due_at = now() where id = $1`, [item.id]);
  const isSent = (person: Person) => waitFor(async () => (await list(person)).length === 0, { what: 'the send' });

  it('goes out once when it is due, however many instances there are', async () => {
    const heard = await stack.bus.hear(messageSignals.scheduleChanged);
    const { messageId } = await stack.send(stack.ben, 'root');
    const item = await schedule(stack.ann, 'happy birthday', { sendAt: ahead(200) });
    await schedule(stack.ben, 'an answer', { parentId: messageId, sendAt: ahead(200) });
    expect(await list(stack.ann)).toEqual([item]);
    await isSent(stack.ann);
    await isSent(stack.ben);
    expect((await bodies()).toSorted()).toEqual(['an answer', 'happy birthday', 'root']);
    const { items } = await stack.bus.call(messages.thread, { roomId: stack.room.id, messageId }, stack.ann.id);
    expect(items.at(-1)).toMatchObject({ body: 'an answer', authorId: stack.ben.id });
    const told = { userId: stack.ann.id, roomId: stack.room.id, id: item.id };
    await waitFor(() => heard.filter(({ id }) => id === item.id).length === 2, { what: 'the signals' });
    expect(heard.filter(({ id }) => id === item.id)).toEqual([
      { ...told, scheduled: item },
      { ...told, scheduled: null },
    ]);
  });

  it('goes out once when an instance stopped between sending it and saying so', async () => {
    const item = await schedule(stack.ann, 'only once');
    await stack.send(stack.ann, 'only once', { clientId: `scheduled:${item.id}` });
    await makeDue(item);
    await isSent(stack.ann);
    expect(await bodies()).toEqual(['only once']);
  });

  it('is listed by its time, page after page, to its author alone', async () => {
    const [later, sooner] = [await schedule(stack.ann, 'b', { sendAt: ahead(2 * FAR_MS) }), await schedule(stack.ann, 'a')];
    const page = await stack.bus.call(messages.scheduled, { limit: 1 }, stack.ann.id);
    expect(page.items).toEqual([sooner]);
    expect(await list(stack.ann, { limit: 1, cursor: page.nextCursor })).toEqual([later]);
    expect(await list(stack.ann, { roomId: uuidv7() })).toEqual([]);
    expect(await list(stack.ben)).toEqual([]);
    expect(await stack.bus.refusal(messages.unschedule, { id: later.id }, stack.ben.id)).toBe('scheduled_not_found');
    expect(await stack.bus.refusal(messages.reschedule, { id: later.id, body: 'mine' }, stack.ben.id)).toBe('scheduled_not_found');
    expect(await stack.bus.refusal(messages.sendScheduled, { id: later.id }, stack.ben.id)).toBe('scheduled_not_found');
  });

  it('can be changed, sent at once, or not at all', async () => {
    const item = await schedule(stack.ann, 'draft', { clientId: 'once' });
    expect(await schedule(stack.ann, 'draft', { clientId: 'once' })).toEqual(item);
    const changed = await stack.bus.call(messages.reschedule, { id: item.id, body: 'final' }, stack.ann.id);
    expect(changed).toEqual({ ...item, body: 'final' });
    expect(await stack.bus.refusal(messages.reschedule, { id: item.id, sendAt: ahead(-1000) }, stack.ann.id)).toBe('validation_failed');
    expect(await stack.bus.call(messages.sendScheduled, { id: item.id }, stack.ann.id)).toMatchObject({ body: 'final' });
    expect(await stack.bus.refusal(messages.sendScheduled, { id: item.id }, stack.ann.id)).toBe('scheduled_not_found');
    const other = await schedule(stack.ann, 'never');
    await stack.bus.call(messages.unschedule, { id: other.id }, stack.ann.id);
    expect(await stack.bus.refusal(messages.unschedule, { id: other.id }, stack.ann.id)).toBe('scheduled_not_found');
    expect(await list(stack.ann)).toEqual([]);
    expect(await bodies()).toEqual(['final']);
  });

  it('is refused at once where it could not be sent', async () => {
    expect(await refusal(stack.eve)).toBe('not_a_member');
    expect(await refusal(stack.ann, { sendAt: ahead(-1000) })).toBe('validation_failed');
    expect(await refusal(stack.ann, { sendAt: ahead(400 * 24 * FAR_MS) })).toBe('validation_failed');
    expect(await refusal(stack.ann, { body: ' ' })).toBe('validation_failed');
    expect(await refusal(stack.ann, { body: 'x'.repeat(10_001) })).toBe('message_too_long');
    expect(await refusal(stack.ann, { parentId: uuidv7() })).toBe('message_not_found');
    await stack.settle(stack.rooms.mute(stack.room, stack.ben, ahead(FAR_MS)));
    expect(await refusal(stack.ben)).toBe('muted');
    await stack.settle(stack.rooms.update(stack.room, { whoCanPost: 'moderators' }));
    await stack.settle(stack.rooms.mute(stack.room, stack.ben, null));
    expect(await refusal(stack.ben)).toBe('posting_restricted');
  });

  it('that may not be sent any more says why, and is sent once its author may and says so', async () => {
    const item = await schedule(stack.ben, 'too late?');
    await stack.settle(stack.rooms.mute(stack.room, stack.ben, ahead(FAR_MS)));
    await makeDue(item);
    await waitFor(async () => (await list(stack.ben))[0]?.failure !== undefined, { what: 'the refusal' });
    expect(await list(stack.ben)).toMatchObject([{ id: item.id, failure: { code: 'muted' } }]);
    expect(await stack.bus.refusal(messages.sendScheduled, { id: item.id }, stack.ben.id)).toBe('muted');
    await stack.settle(stack.rooms.mute(stack.room, stack.ben, null));
    await stack.bus.call(messages.reschedule, { id: item.id, sendAt: ahead(300) }, stack.ben.id);
    await isSent(stack.ben);
    expect(await bodies()).toEqual(['too late?']);
  });

  it('of somebody who was removed is not sent', async () => {
    const item = await schedule(stack.ben, 'from outside');
    await stack.settle(stack.rooms.remove(stack.room, stack.ben, 'kicked'));
    await makeDue(item);
    await waitFor(async () => (await list(stack.ben))[0]?.failure !== undefined, { what: 'the refusal' });
    expect(await list(stack.ben)).toMatchObject([{ failure: { code: 'not_a_member' } }]);
    expect(await bodies()).toEqual([]);
  });

  it('of somebody whose account was disabled is not sent, also not by itself once the account is open again', async () => {
    const item = await schedule(stack.ben, 'while shut out');
    const disable = (disabled: boolean) =>
      stack.bus.tell(accountEvents.userDisabled, {
        userId: stack.ben.id,
        disabled,
        at: new Date().toISOString(),
        actorId: stack.ann.id,
        reason: 'left',
      });
    await disable(true);
    await waitFor(async () => (await list(stack.ben))[0]?.failure !== undefined, { what: 'the refusal' });
    await disable(false);
    expect(await list(stack.ben)).toMatchObject([{ id: item.id, failure: { code: 'account_disabled' } }]);
    expect(await stack.bus.call(messages.sendScheduled, { id: item.id }, stack.ben.id)).toMatchObject({ body: 'while shut out' });
  });
});
