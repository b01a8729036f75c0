import { ANN, anId, anInstant, BEN, ROOM } from '../../test/builders.ts';
import { Stored } from '../../test/stored.ts';
import { AtriumError } from '../errors.ts';
import { Outbox } from './outbox.ts';

const RECEIPT = { messageId: anId(1001), seq: 1, createdAt: anInstant(1) };
const muted = new AtriumError({ code: 'muted', status: 403, detail: 'You are muted' });

/** One page of a browser: an outbox, and what it sent. */
class Tab {
  readonly sent: string[] = [];
  isOnline = false;
  readonly outbox: Outbox;

  constructor(stored: Stored, userId: string) {
    const sendFrame = (frame: { data: { body?: string | undefined } }) => this.isOnline && this.sent.push(frame.data.body ?? '') > 0;
    this.outbox = new Outbox({ sendFrame, sendRequest: () => Promise.reject(new Error('not in this test')) }, stored);
    this.outbox.belongTo(userId);
  }

  write(body: string): string {
    return this.outbox.add({ roomId: ROOM, body }).clientId;
  }

  get shown(): string[] {
    return this.outbox.snapshot().map((item) => item.body);
  }

  connect(userId = ANN): void {
    this.isOnline = true;
    this.outbox.belongTo(userId);
    this.outbox.flush();
  }
}

describe('unsent messages', () => {
  let stored: Stored;
  let tabs: Tab[];
  const open = (userId = ANN): Tab => {
    const tab = new Tab(stored, userId);
    tabs.push(tab);
    return tab;
  };
  beforeEach(() => {
    stored = new Stored();
    tabs = [];
  });
  afterEach(() => {
    for (const tab of tabs) tab.outbox.clear();
  });

  it('of two tabs are all there for the next one, in the order they were written', () => {
    const [one, other] = [open(), open()];
    one.write('first');
    other.write('second');
    one.write('third');
    expect(open().shown).toEqual(['first', 'second', 'third']);
  });

  it('of one tab stay when another has sent its own', () => {
    const [one, other] = [open(), open()];
    one.write('waits');
    other.outbox.acknowledged(other.write('sent'), RECEIPT);
    other.outbox.refused(other.write('refused'), muted);
    other.outbox.discard(other.write('discarded'));
    expect(open().shown).toEqual(['waits']);
  });

  it('of a tab that was closed are sent by one that lives when it comes back online', () => {
    const living = open();
    open().write('left behind');
    living.connect();
    expect(living.sent).toEqual(['left behind']);
  });

  it('are not sent by a tab that took them up when they are settled elsewhere', () => {
    const writer = open();
    const [discarded] = [writer.write('discarded'), writer.write('waits')];
    const heir = open();
    writer.outbox.discard(discarded);
    heir.connect();
    expect(heir.sent).toEqual(['waits']);
    expect(heir.shown).toEqual(['waits']);
  });

  it('wait for the one who wrote them while another uses the browser', () => {
    const ann = open();
    ann.write('by ann');
    ann.outbox.clear();
    const ben = open(BEN);
    ben.connect(BEN);
    expect(ben.shown).toEqual([]);
    ben.connect(ANN);
    expect(ben.sent).toEqual(['by ann']);
  });

  it('are sent also when nothing more can be stored', () => {
    stored.isFull = true;
    const tab = open();
    tab.isOnline = true;
    tab.write('no room for this');
    expect(tab.sent).toEqual(['no room for this']);
  });

  it('that cannot be read keep nobody from the others', () => {
    open().write('good');
    stored.setItem(`atrium.outbox.${ANN}.broken`, '{"clientId":');
    expect(open().shown).toEqual(['good']);
    expect(stored.length).toBe(1);
  });
});
