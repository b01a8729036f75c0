import { messages } from '@atrium/contracts';
import { MessagesStack } from '../../test/messages-stack.ts';

describe('where a marker stood before a visit', () => {
  const stack = new MessagesStack();
  let last = 0;

  const say = async (count: number) => {
    for (let i = 0; i < count; i++) last = (await stack.send(stack.ann, `m${last + i}`)).seq;
  };
  const read = (more: object = {}) => stack.bus.call(messages.markRead, { roomId: stack.room.id, seq: last, ...more }, stack.ben.id);
  const me = async () => (await stack.bus.call(messages.activity, { roomIds: [stack.room.id] }, stack.ben.id)).items[0]!.me!;
  const since = (msFromNow: number) => ({ visitingSince: new Date(Date.now() + msFromNow).toISOString() });

  it('is kept when opening the room marks all of it read', async () => {
    await say(3);
    const before = await me();
    await read(since(-250));
    expect(await me()).toMatchObject({ unread: 0, readSeq: last, readSeqBeforeVisit: before.readSeq });
  });

  it('stays the same while one looks on and reads as it comes, and moves with the next visit', async () => {
    await say(3);
    const visit = since(-250);
    const { readSeq: atFirst } = await me();
    await read(visit);
    await say(2);
    await read(visit);
    await say(1);
    await read(visit);
    expect(await me()).toMatchObject({ readSeq: last, readSeqBeforeVisit: atFirst });
    const { readSeq: atSecond } = await me();
    await say(2);
    await read(since(0));
    expect(await me()).toMatchObject({ readSeq: last, readSeqBeforeVisit: atSecond });
  });

  it('is where one left off for who reads without a screen: in one move over what waited, or one by one', async () => {
    await say(4);
    await read();
    const { readSeq: leftAt } = await me();
    await say(3);
    await read();
    expect((await me()).readSeqBeforeVisit).toBe(leftAt);
    await say(1);
    await read();
    expect((await me()).readSeqBeforeVisit).toBe(leftAt);
  });

  it('is not told while something is unread and the room is on no screen, nor after the marker went back', async () => {
    await say(2);
    await read();
    await say(1);
    expect((await me()).readSeqBeforeVisit).toBeUndefined();
    await read();
    await read({ seq: last - 2, unread: true });
    expect((await me()).readSeqBeforeVisit).toBeUndefined();
  });

  it('begins after what one wrote oneself', async () => {
    await say(2);
    const own = await stack.send(stack.ben, 'mine');
    last = own.seq;
    await say(2);
    await read(since(-1));
    expect((await me()).readSeqBeforeVisit).toBe(own.seq);
  });
});
