import { aCreated, aMessage, aRoom, ROOM } from '../../test/builders.ts';
import { AtriumError } from '../errors.ts';
import { RoomLog } from './room-log.ts';

const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('the log of a room at a client', () => {
  it('keeps a room that was left and joined again while the log of the first stay was refused', async () => {
    let refuse: (error: AtriumError) => void = () => undefined;
    const log = new RoomLog(() => new Promise((_, reject) => (refuse = reject)));
    const removed: string[] = [];
    log.on('removed', ({ roomId }) => removed.push(roomId));
    log.begin([aRoom()], []);
    log.receive(ROOM, [aCreated(aMessage(2))]);
    log.forget(ROOM);
    log.follow(aRoom({ lastSeq: 5 }));
    refuse(new AtriumError({ code: 'room_not_found', status: 404, detail: 'There is no such room' }));
    await settled();
    expect(log.seqOf(ROOM)).toBe(5);
    expect(removed).toEqual([]);
  });
});
