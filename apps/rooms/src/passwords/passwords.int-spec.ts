import { AppError, rooms, type DirectoryUser } from '@atrium/contracts';
import { cleanUp } from '@atrium/testing';
import { aRoom, aRoomsService, join, outcomes, type RoomsStack } from '../../test/rooms-stack.ts';

let stack: RoomsStack;
let host: DirectoryUser;
beforeAll(async () => {
  stack = await aRoomsService();
  await stack.startAnother();
  host = stack.aPerson();
});
afterAll(cleanUp);

let addresses = 0;
const anAddress = () => `198.51.100.${++addresses}`;
const aGuardedRoom = () => aRoom(stack, { host, password: 'sesame' });
const guess = (roomId: string, person: DirectoryUser, address: string, password = 'wrong') =>
  join(stack, roomId, person, { address, password });
const times = <T>(count: number, run: () => Promise<T>) => Array.from({ length: count }, run);

/** Lets a quarter of an hour pass for every wrong guess so far. */
const aWindowLater = () => stack.database.query(`update rooms.password_attempts set at = at - interval '15 minutes'`);

describe('the guard of room passwords', () => {
  it('takes five wrong guesses per person and room, then refuses even the right one, until the window has passed', async () => {
    const [room, other, ben, cat] = [await aGuardedRoom(), await aGuardedRoom(), stack.aPerson(), stack.aPerson()];
    for (let n = 0; n < 5; n++) await expect(guess(room.id, ben, anAddress())).rejects.toMatchObject({ code: 'wrong_password' });
    const refused = await guess(room.id, ben, anAddress(), 'sesame').catch((error: unknown) => error as AppError);
    expect(refused).toMatchObject({ code: 'too_many_attempts', data: { retryAfterSeconds: expect.any(Number) } });
    const { retryAfterSeconds = 0 } = (refused as AppError).data;
    expect(retryAfterSeconds).toBeGreaterThan(890);
    expect(retryAfterSeconds).toBeLessThanOrEqual(900);
    await expect(guess(other.id, ben, anAddress(), 'sesame')).resolves.toMatchObject({ member: { id: ben.id } });
    await expect(guess(room.id, cat, anAddress(), 'sesame')).resolves.toMatchObject({ member: { id: cat.id } });
    await aWindowLater();
    await expect(guess(room.id, ben, anAddress(), 'sesame')).resolves.toMatchObject({ member: { id: ben.id } });
  });

  it('cannot be outrun by guessing twenty times at once, at two instances', async () => {
    const [room, ben] = [await aGuardedRoom(), stack.aPerson()];
    expect(await outcomes(times(20, () => guess(room.id, ben, anAddress())))).toEqual({ wrong_password: 5, too_many_attempts: 15 });
  });

  it('takes twenty wrong guesses per address, whoever guesses at whatever', async () => {
    const address = anAddress();
    const roomIds = [(await aGuardedRoom()).id, (await aGuardedRoom()).id] as const;
    const tries = Array.from({ length: 26 }, (_, n) => guess(roomIds[n % 2] as string, stack.aPerson(), address));
    expect(await outcomes(tries)).toEqual({ wrong_password: 20, too_many_attempts: 6 });
    const ben = stack.aPerson();
    await expect(guess(roomIds[0], ben, address, 'sesame')).rejects.toMatchObject({ code: 'too_many_attempts' });
    await expect(guess(roomIds[0], ben, anAddress(), 'sesame')).resolves.toMatchObject({ member: { id: ben.id } });
  });

  it('does not count asking without a password, nor right guesses', async () => {
    const [room, address] = [await aGuardedRoom(), anAddress()];
    const ben = stack.aPerson();
    expect(await outcomes(times(8, () => join(stack, room.id, ben, { address })))).toEqual({ wrong_password: 8 });
    const crowd = Array.from({ length: 24 }, () => stack.aPerson());
    expect(await outcomes(crowd.map((person) => guess(room.id, person, address, 'sesame')))).toEqual({ ok: 24 });
    await expect(guess(room.id, ben, address)).rejects.toMatchObject({ code: 'wrong_password' });
  });

  it('is not asked when there is no password, and keeps none in clear', async () => {
    const ben = stack.aPerson();
    const open = await aRoom(stack, { host });
    await expect(guess(open.id, ben, anAddress())).resolves.toMatchObject({ member: { id: ben.id } });
    const closed = await aRoom(stack, { host, password: 'open sesame', idempotencyKey: 'clear' });
    await stack.bus.call(rooms.update, { roomId: closed.id, password: 'sesame, open' }, host.id);
    const stored = await stack.database.query<{ row: string }>(
      `select row_to_json(r)::text as row from rooms.rooms r union all select row_to_json(c)::text from rooms.room_creations c
       union all select row_to_json(a)::text from rooms.audit a union all select payload from rooms.outbox`,
    );
    expect(stored.filter(({ row }) => /open sesame|sesame, open/.test(row))).toEqual([]);
  });
});
