import { ANN, anId, anInstant, BEN, ROOM } from '../../test/builders.ts';
import { Stored } from '../../test/stored.ts';
import { AtriumError } from '../errors.ts';
import { KeyValueOutbox, type OutboxStore } from './outbox-store.ts';
import { Outbox } from './outbox.ts';

const RECEIPT = { messageId: anId(1001), seq: 1, createdAt: anInstant(1) };
const muted = new AtriumError({ code: 'muted', status: 403, detail: 'You are muted' });

/** One page of a browser: an outbox, and what it sent. */
class Tab {
  readonly sent: string[] = [];
  isOnline = false;
  readonly outbox: Outbox;

  constructor(store: OutboxStore) {
    const sendFrame = (frame: { data: { body?: string | undefined } }) => this.isOnline && this.sent.push(frame.data.body ?? '') > 0;
    this.outbox = new Outbox({ sendFrame, sendRequest: () => Promise.reject(new Error('not in this test')) }, store);
  }

  write(body: string): string {
    return this.outbox.add({ roomId: ROOM, body }).clientId;
  }

  get shown(): string[] {
    return this.outbox.snapshot().map((item) => item.body);
  }

  async connect(userId = ANN): Promise<void> {
    this.isOnline = true;
    const known = this.outbox.belongTo(userId);
    this.outbox.flush();
    await known;
    await turns();
  }
}

/** What is looked up in the store before it is sent has been looked up. */
const turns = () => new Promise((resolve) => setImmediate(resolve));

describe('unsent messages', () => {
  let stored: Stored;
  let tabs: Tab[];
  const open = async (userId = ANN, locks?: LockManager): Promise<Tab> => {
    const tab = new Tab(Object.assign(new KeyValueOutbox(stored), { locks }));
    tabs.push(tab);
    await tab.outbox.belongTo(userId);
    return tab;
  };
  beforeEach(() => {
    stored = new Stored();
    tabs = [];
  });
  afterEach(() => {
    for (const tab of tabs) tab.outbox.clear();
  });

  it('of two tabs are all there for the next one, in the order they were written', async () => {
    const [one, other] = [await open(), await open()];
    one.write('first');
    other.write('second');
    one.write('third');
    await turns();
    expect((await open()).shown).toEqual(['first', 'second', 'third']);
  });

  it('of one tab stay when another has sent its own; what was refused keeps its text and says why', async () => {
    const [one, other] = [await open(), await open()];
    one.write('waits');
    other.outbox.acknowledged(other.write('sent'), RECEIPT);
    other.outbox.refused(other.write('refused'), muted);
    other.outbox.discard(other.write('discarded'));
    await other.outbox.settled();
    const next = await open();
    expect(next.shown).toEqual(['waits', 'refused']);
    expect(next.outbox.snapshot()[1]).toMatchObject({ state: 'failed', error: { code: 'muted', detail: 'You are muted' } });
    await next.connect();
    expect(next.sent).toEqual(['waits']);
  });

  it('of a tab that was closed are sent by one that lives when it comes back online', async () => {
    const living = await open();
    (await open()).write('left behind');
    await turns();
    await living.connect();
    expect(living.sent).toEqual(['left behind']);
  });

  it('that were left are sent before what is written meanwhile', async () => {
    (await open()).write('left');
    await turns();
    const leader = new Tab(new KeyValueOutbox(stored));
    tabs.push(leader);
    leader.isOnline = true;
    const known = leader.outbox.belongTo(ANN);
    const clientIds = [leader.write('new')];
    await known;
    await turns();
    expect(leader.sent).toEqual(['left']);
    leader.outbox.acknowledged(leader.outbox.snapshot()[0]!.clientId, RECEIPT);
    expect(leader.sent).toEqual(['left', 'new']);
    expect(leader.outbox.snapshot().at(-1)!.clientId).toBe(clientIds[0]);
  });

  it('are taken up by one of several tabs, and by the next one when that is gone', async () => {
    const gone = await open();
    gone.write('left');
    await gone.outbox.settled();
    const [leader, next] = [await open(ANN, navigator.locks), await open(ANN, navigator.locks)];
    expect([leader.shown, next.shown]).toEqual([['left'], []]);
    next.write('own');
    expect(next.shown).toEqual(['own']);
    leader.outbox.clear();
    while (next.shown.length < 2) await turns();
    expect(next.shown).toEqual(['left', 'own']);
  });

  it('are not sent by a tab that took them up when they are settled elsewhere', async () => {
    const writer = await open();
    const [discarded] = [writer.write('discarded'), writer.write('waits')];
    await turns();
    const leader = await open();
    writer.outbox.discard(discarded);
    await writer.outbox.settled();
    await leader.connect();
    expect(leader.sent).toEqual(['waits']);
    expect(leader.shown).toEqual(['waits']);
  });

  it('wait for the one who wrote them while another uses the browser', async () => {
    const ann = await open();
    ann.write('by ann');
    await ann.outbox.settled();
    ann.outbox.clear();
    const ben = await open(BEN);
    await ben.connect(BEN);
    expect(ben.shown).toEqual([]);
    await ben.connect(ANN);
    expect(ben.sent).toEqual(['by ann']);
  });

  it('are sent also when nothing more can be stored', async () => {
    stored.isFull = true;
    const tab = await open();
    tab.isOnline = true;
    tab.write('no room for this');
    expect(tab.sent).toEqual(['no room for this']);
  });

  it('are sent also when what is stored cannot be read', async () => {
    const failing = { ...new KeyValueOutbox(stored), all: () => Promise.reject(new Error('the disk is broken')) };
    const tab = new Tab(Object.assign(new KeyValueOutbox(stored), failing));
    tabs.push(tab);
    tab.write('all the same');
    await tab.connect();
    expect(tab.sent).toEqual(['all the same']);
  });

  it('that cannot be read keep nobody from the others', async () => {
    (await open()).write('good');
    stored.setItem(`atrium.outbox.${ANN}.broken`, '{"clientId":');
    await turns();
    expect((await open()).shown).toEqual(['good']);
    expect(stored.length).toBe(1);
  });
});
