import { rooms } from '@atrium/contracts';
import { cleanUp, waitFor } from '@atrium/testing';
import { aRoom, aRoomsService, join, rolesIn, type RoomsStack } from '../../test/rooms-stack.ts';

let stack: RoomsStack;

beforeAll(async () => {
  stack = await aRoomsService();
});
afterAll(cleanUp);

/** Whether somebody who comes in waits to hear if the account is open; within a transaction PostgreSQL says the same until told not to. */
async function isAskedFor(): Promise<boolean> {
  await stack.database.query('select pg_stat_clear_snapshot()');
  const waiting = `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and wait_event = 'advisory'`;
  return (await stack.database.query(waiting)).length > 0;
}

/** Does it while the news that an account is disabled is being written. */
async function whileDisabled<T>(userId: string, act: () => Promise<T>): Promise<T> {
  await stack.database.query('begin');
  await stack.database.query('select pg_advisory_xact_lock(hashtextextended($1, 1))', [userId]);
  await stack.database.query('insert into rooms.disabled_people (user_id, disabled, at) values ($1, true, now())', [userId]);
  const acted = act();
  await waitFor(isAskedFor);
  await stack.database.query('commit');
  return acted;
}

describe('whoever is disabled in the moment in which others let them in', () => {
  it('is not there for those who add them, who bring everybody else', async () => {
    const [ann, ben, cat] = [stack.aPerson(), stack.aPerson(), stack.aPerson()];
    const { id: roomId } = await aRoom(stack, { host: ann });
    const add = () => stack.bus.call(rooms.addMembers, { roomId, userIds: [ben.id, cat.id] }, ann.id);
    const { items, refused } = await whileDisabled(ben.id, add);
    expect(items.map(({ id }) => id)).toEqual([cat.id]);
    expect(refused).toEqual([{ userId: ben.id, code: 'user_not_found' }]);
  });

  it('does not wait any more for those who admit them, alone or with everybody', async () => {
    const [ann, ben, cat, dan] = [stack.aPerson(), stack.aPerson(), stack.aPerson(), stack.aPerson()];
    const { id: roomId } = await aRoom(stack, { host: ann, lobby: true });
    for (const person of [ben, cat, dan]) await expect(join(stack, roomId, person)).rejects.toMatchObject({ code: 'waiting_in_lobby' });
    const admit = () => stack.bus.refusal(rooms.admit, { roomId, userId: ben.id }, ann.id);
    expect(await whileDisabled(ben.id, admit)).toBe('not_waiting');
    const { admitted } = await whileDisabled(cat.id, () => stack.bus.call(rooms.admitAll, { roomId }, ann.id));
    expect(admitted).toEqual([dan.id]);
    expect(Object.keys(await rolesIn(stack, roomId, ann)).sort()).toEqual([ann.username, dan.username].sort());
  });
});
