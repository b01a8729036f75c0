import type { ClientFrame } from '@atrium/contracts';
import { anId, anInstant, ROOM } from '../../test/builders.ts';
import { AtriumError } from '../errors.ts';
import { Outbox } from './outbox.ts';

const RECEIPT = { messageId: anId(1001), seq: 1, createdAt: anInstant(1) };
const muted = new AtriumError({ code: 'muted', status: 403, detail: 'You are muted' });

describe('the outbox of a client', () => {
  let sent: ClientFrame<'message.send'>[];
  let outbox: Outbox;
  const anOutbox = () =>
    new Outbox({ sendFrame: (frame) => sent.push(frame) > 0, sendRequest: () => Promise.reject(new Error('not in this test')) });
  beforeEach(() => {
    sent = [];
    outbox = anOutbox();
  });
  afterEach(() => outbox.clear());

  const write = () => outbox.add({ roomId: ROOM, body: 'hello' }).clientId;

  it('keeps a stored message stored when a second sending of it is refused', () => {
    const clientId = write();
    outbox.flush();
    expect(sent).toHaveLength(2);
    outbox.acknowledged(clientId, RECEIPT);
    outbox.refused(clientId, muted);
    expect(outbox.snapshot()).toMatchObject([{ clientId, state: 'sent', seq: 1 }]);
  });

  describe('messages of one room', () => {
    const bodies = () => sent.map(({ data }) => data.body);
    const writeAll = (...texts: string[]) => texts.map((body) => outbox.add({ roomId: ROOM, body }).clientId) as [string, string];

    it('wait for the one before them, those of other rooms do not', () => {
      const [first] = writeAll('one', 'two');
      outbox.add({ roomId: anId(9), body: 'elsewhere' });
      expect(bodies()).toEqual(['one', 'elsewhere']);
      outbox.acknowledged(first, RECEIPT);
      expect(bodies()).toEqual(['one', 'elsewhere', 'two']);
    });

    it('go on when the one before them is refused for good or discarded', () => {
      const [first, second] = writeAll('one', 'two', 'three');
      outbox.refused(first, muted);
      outbox.discard(second);
      expect(bodies()).toEqual(['one', 'two', 'three']);
    });

    it('go on in order on a new line, also while the first one was waiting to be tried again', () => {
      const [first] = writeAll('one', 'two');
      outbox.refused(first, new AtriumError({ code: 'service_unavailable', status: 503, detail: 'Away' }));
      writeAll('three');
      outbox.flush();
      outbox.acknowledged(first, RECEIPT);
      expect(bodies()).toEqual(['one', 'one', 'two']);
    });
  });

  describe('a receipt', () => {
    it('is given also to whoever asks when the message is stored and shown already', async () => {
      const clientId = write();
      outbox.acknowledged(clientId, RECEIPT);
      await expect(outbox.receipt(clientId)).resolves.toEqual(RECEIPT);
      outbox.arrived(ROOM, RECEIPT.seq);
      await expect(outbox.receipt(clientId)).resolves.toEqual(RECEIPT);
    });

    it('is refused at once when the message was refused, until it is tried again', async () => {
      const clientId = write();
      outbox.refused(clientId, muted);
      await expect(outbox.receipt(clientId)).rejects.toBe(muted);
      outbox.retry(clientId);
      const again = outbox.receipt(clientId);
      outbox.acknowledged(clientId, RECEIPT);
      await expect(again).resolves.toEqual(RECEIPT);
    });

    it('is refused when the message is discarded', async () => {
      const clientId = write();
      const receipt = outbox.receipt(clientId);
      outbox.discard(clientId);
      await expect(receipt).rejects.toMatchObject({ code: 'aborted' });
      await expect(outbox.receipt(clientId)).rejects.toMatchObject({ code: 'aborted' });
    });

    it('is refused when the outbox is left to the next user', async () => {
      const receipts = [write(), write()].map((clientId) => outbox.receipt(clientId));
      outbox.clear();
      for (const receipt of receipts) await expect(receipt).rejects.toMatchObject({ code: 'aborted' });
    });
  });
});
