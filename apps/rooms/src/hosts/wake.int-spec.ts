import { roomSignals, rooms } from '@atrium/contracts';
import { cleanUp, waitFor } from '@atrium/testing';
import { aRoom, aRoomsService, connect, type RoomsStack } from '../../test/rooms-stack.ts';

let stack: RoomsStack;

// Nothing is made up for in this suite: what it sees, the sweep has done.
beforeAll(async () => {
  stack = await aRoomsService({ ROOMS_HOST_GRACE_SECONDS: '1' });
});
afterAll(cleanUp);

/** Whether the sweep waits for the row that the test holds; within a transaction PostgreSQL says the same until told not to. */
async function isLookedAt(): Promise<boolean> {
  await stack.database.query('select pg_stat_clear_snapshot()');
  const waiting = `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query like '%host_absences%'`;
  return (await stack.database.query(waiting)).length > 0;
}

describe('a room whose host is gone', () => {
  it('is led by someone who comes just while nobody is found to be there', async () => {
    const [ann, ben] = [stack.aPerson(), stack.aPerson()];
    const { id: roomId } = await aRoom(stack, { host: ann, members: [ben] });
    const acting = await stack.bus.hear(roomSignals.acting);
    await connect(stack, 'online', ann);
    await connect(stack, 'offline', ann);
    await stack.database.query('begin');
    await stack.database.query('select from rooms.host_absences where room_id = $1 for update', [roomId]);
    await waitFor(isLookedAt);
    const comes = connect(stack, 'online', ben);
    await waitFor(async () => (await stack.bus.call(rooms.get, { roomId }, ben.id)).onlineCount === 1);
    await stack.database.query('commit');
    await comes;
    await waitFor(() => acting.length === 1);
    expect(acting).toEqual([{ roomId, actingHostId: ben.id, version: 1 }]);
  }, 15_000);
});
