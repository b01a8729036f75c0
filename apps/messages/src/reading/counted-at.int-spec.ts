import { messageSignals, messages } from '@atrium/contracts';
import { waitFor } from '@atrium/testing';
import { MessagesStack } from '../../test/messages-stack.ts';

const SENDS = 60;

describe('what is unread, told while others write', () => {
  const stack = new MessagesStack();

  it('is counted up to the entry that it is told with, so that nothing counts twice for who follows from there', async () => {
    const roomIds = [stack.room.id];
    const of = async () => (await stack.bus.call(messages.activity, { roomIds }, stack.ben.id)).items[0]!;
    const before = await of();
    const heard = await stack.bus.hear(messageSignals.read);
    const sending = (async () => {
      for (let index = 0; index < SENDS; index++) await stack.send(stack.ann, `m${index}`);
      return true;
    })();
    const told = [];
    while (!(await Promise.race([sending, Promise.resolve(false)]))) {
      told.push(await of());
      await stack.bus.call(messages.markRead, { roomId: stack.room.id, seq: before.lastSeq }, stack.ben.id);
    }
    await waitFor(() => heard.length === told.length);
    const counts = [...told.map(({ lastSeq, me }) => ({ lastSeq, unread: me!.unread })), ...heard];
    expect(counts.filter(({ lastSeq, unread }) => unread !== lastSeq! - before.lastSeq)).toEqual([]);
  }, 30_000);
});
